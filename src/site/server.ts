import { createApp } from 'astro/app/entrypoint';
import { type Frame, PAGE_ROUTE, type Page } from './page.ts';

const app = createApp({ streaming: false });
const base = import.meta.env.BASE_URL.replace(/\/$/, '');

/** Renders one page by the `.astro` file of its kind. Throws where that file does. */
export async function render(page: Page, frame: Frame): Promise<string> {
  const response = await app.render(new Request(`http://localhost${base}/${PAGE_ROUTE}/${page.kind}/`), { locals: { page, frame } });
  const html = await response.text();
  if (response.status !== 200) throw new Error(`The page ${page.url} could not be rendered (status ${response.status}).`);
  return html;
}
