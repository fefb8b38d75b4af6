import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { main } from '../../lib/cli/main.js';
import type { VersionFile } from '../../lib/model/version.js';
import { openWorkspace } from '../../lib/read/workspace.js';
import { readFrontMatter } from '../../src/read/front-matter.ts';
import { parseMarkdown } from '../../src/read/markdown.ts';
import { htmlErrors } from '../helpers/html-rules.ts';
import { listIds } from '../helpers/links.ts';
import { cloneRepository } from '../helpers/repository.ts';
import { SHARED } from '../helpers/shared.ts';
import { type BuiltSite, buildSite, EXAMPLE_NOW } from '../helpers/site.ts';
import { typography, visibleHtml, visibleMarkdown, visibleNotes } from '../helpers/verbatim.ts';

const HISTORIES = [
  {
    bundle: 'letsencrypt.bundle',
    texts: 28,
    comparisons: 25,
    notices: ['/cp-cps/5.4/', '/cp/3.1/', '/cps/4.1/'],
    config: `name: Real history
site: https://history.example/documents
timeZone: America/Los_Angeles
documents:
  - { id: cps, type: CPS, title: ISRG CPS, file: CPS.md, adopt: { tags: ['CPS-v{version}', 'CP-v*_CPS-v{version}'], continuedBy: cp-cps } }
  - { id: cp, type: CP, title: ISRG CP, file: CP.md, adopt: { tags: ['CP-v{version}', 'CP-v{version}_CPS-v*'], continuedBy: cp-cps } }
  - { id: cp-cps, type: CP-CPS, title: ISRG CP/CPS, file: CP-CPS.md, adopt: { tags: ['v{version}'] } }
`,
  },
  {
    bundle: 'servercert.bundle',
    texts: 29,
    comparisons: 26,
    notices: ['/br/2.1.2/', '/evg/2.0.1/'],
    config: `name: Real history
site: https://history.example
timeZone: UTC
documents:
  - { id: br, type: CP, title: Baseline Requirements, file: docs/BR.md, adopt: { tags: ['BRs/v{version}', 'BRs/{version}'] } }
  - { id: evg, type: CP, title: EV Guidelines, file: docs/EVG.md, adopt: { tags: ['EVGs/v{version}'], versionField: subtitle } }
  - { id: nsr, type: CP, title: Network Security Requirements, file: docs/NSR.md, adopt: { tags: ['NSRs/v{version}'] } }
`,
  },
];

describe.each(HISTORIES)('the site of $bundle', ({ bundle, texts, comparisons, notices, config }) => {
  const path = join(SHARED, 'corpora', bundle);
  const absent = !existsSync(path);
  const note = absent ? ` (skipped: ${bundle} is not in ../shared/corpora)` : '';
  let root: string;
  let site: BuiltSite;
  let files: ReadonlyMap<string, Buffer>;

  beforeAll(async () => {
    if (absent) return;
    root = (await cloneRepository(path)).folder;
    await writeFile(join(root, 'cartulary.yaml'), config);
    const silent = () => undefined;
    expect(await main(['adopt'], { out: silent, err: silent, color: false, now: EXAMPLE_NOW, folder: root })).toBe(0);
    site = await buildSite(root);
    files = await site.files();
  });
  afterAll(async () => {
    if (absent) return;
    await site.remove();
    await rm(root, { recursive: true, force: true });
  });

  test.skipIf(absent)(`every version has its page, held or known by name${note}`, async () => {
    const { workspace } = await openWorkspace(pathToFileURL(`${root}/`), { now: EXAMPLE_NOW, purpose: 'publish' });
    const versions = workspace.register.entries.filter((entry) => entry.kind === 'version');
    const held = versions.filter((entry) => Object.keys(entry.files).length > 0);
    expect(held.length).toBe(texts);
    for (const { document, version, files: held } of versions) {
      const html = files.get(`/${document}/${version}/index.html`)?.toString('utf8') ?? '';
      expect(html.includes('<article'), `${document} ${version}`).toBe(Object.keys(held).length > 0);
    }
  });

  test.skipIf(absent)(`no character of a text differs between source and page${note}`, async () => {
    const { workspace, readBytes } = await openWorkspace(pathToFileURL(`${root}/`), { now: EXAMPLE_NOW, purpose: 'publish' });
    let compared = 0;
    for (const entry of workspace.register.entries) {
      if (entry.kind !== 'version') continue;
      for (const file of Object.values(entry.files) as VersionFile[]) {
        const source = Buffer.from((await readBytes([file])).get(file.sha256) ?? []).toString('utf8');
        const { body } = readFrontMatter(source, file.path);
        const page = files.get(`/${entry.document}/${entry.version}/index.html`)?.toString('utf8') ?? '';
        const article = /<article[^>]*>([\s\S]*)<\/article>/.exec(page)?.[1] ?? '';
        const name = `${entry.document} ${entry.version}`;
        const shown = visibleHtml(article);
        const tree = await parseMarkdown(body);
        expect(shown.text, name).toBe(visibleMarkdown(tree));
        expect(shown.notes, name).toBe(visibleNotes(tree));
        // The parser is the same on both sides above; these are counted in the bytes themselves.
        expect(typography(shown.text + shown.notes), name).toEqual(typography(body.replace(/<!--[\s\S]*?-->/g, '').replace(/\]\([^)\s]*\)/g, ']')));
        compared += 1;
      }
    }
    expect(compared).toBe(texts);
  });

  test.skipIf(absent)(`every text is compared with the one before it${note}`, async () => {
    const { workspace } = await openWorkspace(pathToFileURL(`${root}/`), { now: EXAMPLE_NOW, purpose: 'publish' });
    const held = workspace.register.entries.filter((entry) => entry.kind === 'version' && Object.keys(entry.files).length > 0);
    const compared = held.map(({ document, ...entry }) => {
      const version = 'version' in entry ? entry.version : '';
      const data = JSON.parse(files.get(`/${document}/${version}/changes/notice.json`)?.toString('utf8') ?? '{}');
      const html = files.get(`/${document}/${version}/changes/index.html`)?.toString('utf8') ?? '';
      expect(html.includes('class="section-redline'), `${document} ${version}`).toBe(data.compared.with !== null);
      expect(data.compared.why ?? 'compared', `${document} ${version}`).toMatch(/^(?:compared|first|nothing-before-is-held)$/);
      return data.compared.with;
    });
    expect(compared.filter((version) => version !== null)).toHaveLength(comparisons);
    expect(new Set(held.map(({ document }) => document)).size).toBe(texts - comparisons);
  });

  test.skipIf(absent)(`notices with a great many changes are valid HTML, and no page has an id twice${note}`, () => {
    const pages = [...files].filter(([path]) => path.endsWith('.html')).map(([path, bytes]) => [path, bytes.toString('utf8')] as const);
    const long = pages.filter(([path]) => notices.some((place) => path === `${place}changes/index.html`));
    expect(long).toHaveLength(notices.length);
    for (const [path, html] of long) expect(htmlErrors(path, html)).toEqual([]);
    const twice = pages
      .filter(([path]) => /\/(?:changes|sections)\//.test(path))
      .flatMap(([path, html]) => {
        const ids = listIds(html);
        return ids.length === new Set(ids).size ? [] : [`${path} ${ids.find((id, index) => ids.indexOf(id) !== index)}`];
      });
    expect(twice).toEqual([]);
  });
});
