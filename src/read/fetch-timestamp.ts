import { MOST_TOKEN_OCTETS } from './timestamp.ts';

/** What an authority answered, or in a whole sentence why there is no answer. */
export type FetchedTimestamp = { readonly bytes: Uint8Array; readonly problem?: undefined } | { readonly bytes?: undefined; readonly problem: string };

const PATIENCE = 30_000;
const HEADERS = { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' };
const ANSWER = /^application\/timestamp-(reply|response)(\s*;|$)/i;

/**
 * Sends a request to a time-stamping authority (RFC 3161, 3.4) by HTTP or HTTPS. Follows no redirect, for a body would
 * have to go along, and reads no more than a token may have. Besides fetch-lists.ts the only place that asks the network.
 */
export async function fetchTimestamp(address: string, request: Uint8Array, patience = PATIENCE): Promise<FetchedTimestamp> {
  const fail = (why: string): FetchedTimestamp => ({ problem: `${address} gave no token: ${why}.` });
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) return fail('it is no address of HTTP or HTTPS');
  const signal = AbortSignal.timeout(patience);
  try {
    const response = await fetch(address, { method: 'POST', redirect: 'manual', signal, headers: HEADERS, body: Buffer.from(request) });
    const type = response.headers.get('content-type') ?? '';
    if (response.status !== 200 || !ANSWER.test(type)) {
      await response.body?.cancel();
      return fail(response.status === 200 ? `the answer is of the type "${type.slice(0, 100)}"` : `the answer is ${response.status}`);
    }
    const bytes = await readBody(response);
    return bytes ? { bytes } : fail(`it has more than ${MOST_TOKEN_OCTETS} octets`);
  } catch (error) {
    return fail(explain(error, patience));
  }
}

async function readBody({ body }: Response): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let octets = 0;
  for await (const chunk of body ?? []) {
    octets += chunk.length;
    // To leave the loop cancels the rest.
    if (octets > MOST_TOKEN_OCTETS) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function explain(error: unknown, patience: number): string {
  const { name = '', message = '', cause } = error as Error & { cause?: { code?: string; message?: string } };
  if (name === 'TimeoutError') return `there was no whole answer within ${patience / 1000} seconds`;
  if (/^(ENOTFOUND|EAI_AGAIN|ENETUNREACH)$/.test(cause?.code ?? '')) return `its host cannot be found, perhaps for want of a network (${cause?.code})`;
  return (cause?.code ?? cause?.message ?? message).replace(/\.$/, '');
}
