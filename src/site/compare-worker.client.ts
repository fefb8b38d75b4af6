// A thread of its own for comparing two texts: the page stays responsive while they are loaded, read and compared.
import type { PublishedText } from '../model/published-text.ts';
import { type Answer, type AnswerContext, comparePublished } from './compare-texts.ts';

/** What the thread is asked: the addresses of two texts, and of their pages. */
export interface CompareTask {
  before: string;
  after: string;
  context: AnswerContext;
}

/** `not-loaded` can be tried again; what could not be compared cannot be the next time either. */
export type CompareReply = { answer: Answer; failed?: undefined } | { answer?: undefined; failed: 'not-loaded' | 'not-compared'; message: string };

addEventListener('message', async ({ data }: MessageEvent<CompareTask>) => postMessage(await answer(data)));

async function answer({ before, after, context }: CompareTask): Promise<CompareReply> {
  let texts: readonly [PublishedText, PublishedText];
  try {
    texts = await Promise.all([load(before), load(after)]);
  } catch (error) {
    return { failed: 'not-loaded', message: String(error) };
  }
  try {
    return { answer: comparePublished(...texts, context) };
  } catch (error) {
    return { failed: 'not-compared', message: String(error) };
  }
}

async function load(address: string): Promise<PublishedText> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return (await response.json()) as PublishedText;
}
