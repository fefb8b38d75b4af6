/** Marks the section that is being read in the list of contents, and opens the list where there is room beside the text. */
import { HEADINGS, headingsOf, sectionAt } from './reading-place.ts';

const contents = document.querySelector<HTMLElement>('.contents');
const list = contents?.querySelector('details');
const text = document.querySelector('.legal');
const wide = matchMedia('(min-width: 64rem)');

if (contents && list && text) {
  const links = new Map([...contents.querySelectorAll<HTMLAnchorElement>('a')].map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
  contents.classList.add('follows');
  const matchWidth = () => {
    list.open = wide.matches;
  };
  wide.addEventListener('change', matchWidth);
  matchWidth();
  list.addEventListener('click', (event) => {
    if (!wide.matches && event.target instanceof Element && event.target.closest('a')) list.open = false;
  });
  let marked: HTMLAnchorElement | undefined;
  const mark = () => {
    const anchors = headingsOf(text).filter(({ anchor }) => links.has(anchor));
    const link = links.get(sectionAt(anchors, innerHeight / 4) ?? '');
    if (link === marked) return;
    marked?.removeAttribute('aria-current');
    link?.setAttribute('aria-current', 'true');
    marked = link;
    if (link && wide.matches) keepInView(contents, link);
  };
  const observer = new IntersectionObserver(mark, { rootMargin: '0px 0px -75% 0px' });
  for (const heading of text.querySelectorAll(HEADINGS)) observer.observe(heading);
  // A jump from one section to another may cross no heading's edge.
  addEventListener('scrollend', mark);
  addEventListener('hashchange', mark);
}

/** Scrolls the list only, never the page. */
function keepInView(frame: HTMLElement, link: HTMLElement): void {
  const box = frame.getBoundingClientRect();
  const { top, bottom } = link.getBoundingClientRect();
  if (top < box.top + 40 || bottom > box.bottom - 40) frame.scrollBy({ top: top - box.top - box.height / 3 });
}
