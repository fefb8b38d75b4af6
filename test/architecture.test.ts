import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../src/', import.meta.url));

/** Which layers a layer may import, apart from itself. Only the faces join the others. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  model: [],
  read: ['model'],
  check: ['model'],
  publish: ['model'],
  site: ['model', 'read', 'check', 'publish'],
  cli: ['model', 'read', 'check', 'publish', 'site'],
  'index.ts': ['model', 'read', 'check', 'publish', 'site'],
};

/** The files by which an outside package comes in. A folder ends with a slash. */
const DOORS: readonly [name: RegExp, doors: readonly string[]][] = [
  [/^simple-git$/, ['read/git.ts']],
  [/^(satteri|unified|unist|remark-.*)$/, ['read/markdown.ts']],
  [/^yaml$/, ['read/yaml.ts']],
  [/^gray-matter$/, ['read/front-matter.ts']],
  [/^saxes$/, ['read/xml.ts']],
  [/^fflate$/, ['publish/zip.ts']],
  [/^diff$/, ['publish/diff-words.ts']],
  [/^(astro|astro[:/].*)$/, ['site/', 'cli/build.ts']],
  [/^pagefind$/, ['site/']],
  [/^vfile(-.*)?$/, ['check/report/']],
  [
    /^zod$/,
    [
      'model/',
      'read/',
      'publish/api.ts',
      'publish/certificates-json.ts',
      'publish/notice-json.ts',
      'cli/adopt.ts',
      'cli/verify-digests.ts',
      'cli/verify-site.ts',
    ],
  ],
  [/^(mdast|mdast-util-to-string|hast)$/, ['model/', 'read/', 'check/', 'publish/', 'site/']],
  [/^(hast-util-.*|mdast-util-to-hast)$/, ['publish/']],
];

/** Layers that are pure: nothing of Node in them, so that a browser can run them. */
const PURE = ['model', 'check', 'publish'];

const files = readdirSync(ROOT, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.(ts|astro)$/.test(entry.name))
  .map((entry) => `${entry.parentPath}/${entry.name}`.slice(ROOT.length).replace(/^\/+/, ''))
  .sort();

interface Import {
  file: string;
  name: string;
  /** Only types are taken, which leave nothing in the program. */
  isType: boolean;
}

const imports = files.filter((file) => file.endsWith('.ts')).flatMap(readImports);

function readImports(file: string): Import[] {
  const text = readFileSync(ROOT + file, 'utf8');
  const from = [...text.matchAll(/^(?:import|export)\s+(type\s)?[^'"`;]*?from\s+'([^']+)';$/gm)].map(([, type, name = '']) => ({
    file,
    name,
    isType: type !== undefined,
  }));
  const others = [...text.matchAll(/\bimport\(\s*'([^']+)'\s*\)|^import '([^']+)';$/gm)].map(([, dynamic, plain]) => ({
    file,
    name: dynamic ?? plain ?? '',
    isType: false,
  }));
  return [...from, ...others];
}

const layerOf = (file: string) => file.split('/')[0] ?? '';
const targetOf = ({ file, name }: Import) => new URL(name, `file:///${file}`).pathname.slice(1);
const show = ({ file, name }: Import) => `${file} imports ${name}`;

test('imports are found', () => {
  expect(imports.length).toBeGreaterThan(100);
  expect(imports.map(show)).toEqual(
    expect.arrayContaining(['read/markdown.ts imports satteri', 'index.ts imports ./model/time.ts', 'read/git.ts imports node:child_process']),
  );
  const lines = files
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => readFileSync(ROOT + file, 'utf8').match(/^import\b|^export\b.*\bfrom '|\bimport\('/gm) ?? []);
  expect(imports.length).toBe(lines.length);
});

test('read, check and publish import the model and never each other; only the faces join them', () => {
  const wrong = imports
    .filter(({ name }) => name.startsWith('.'))
    .filter((item) => {
      const [from, to] = [layerOf(item.file), layerOf(targetOf(item))];
      return from !== to && !LAYERS[from]?.includes(to);
    });
  expect(wrong.map(show)).toEqual([]);
});

test('every folder of src is a layer', () => {
  expect([...new Set(files.map(layerOf))].filter((layer) => !Object.hasOwn(LAYERS, layer))).toEqual([]);
});

test('each outside package has one door', () => {
  const outside = imports.filter(({ name }) => !name.startsWith('.') && !name.startsWith('node:'));
  const wrong = outside.filter(
    ({ file, name }) =>
      !DOORS.some(([pattern, doors]) => pattern.test(name) && doors.some((door) => file === door || (door.endsWith('/') && file.startsWith(door)))),
  );
  expect(wrong.map(show)).toEqual([]);
});

test('the model imports zod, and of the Markdown tree its types only', () => {
  const outside = imports.filter(({ file, name }) => layerOf(file) === 'model' && !name.startsWith('.'));
  expect(outside.filter(({ name, isType }) => name !== 'zod' && !(name === 'mdast' && isType)).map(show)).toEqual([]);
});

test('model, check and publish have nothing of Node, no clock and no locale', () => {
  expect(imports.filter(({ file, name }) => PURE.includes(layerOf(file)) && name.startsWith('node:')).map(show)).toEqual([]);
  const pattern = /\bprocess\.|\bDate\.now\b|\bnew Date\(\)|\.toLocale\w*\(|\.localeCompare\(|\bBuffer\b|\bglobalThis\b|\bfetch\(/;
  expect(files.filter((file) => PURE.includes(layerOf(file)) && pattern.test(readFileSync(ROOT + file, 'utf8')))).toEqual([]);
});

/** The files that ask the network, each for one command; a page in a browser asks its own site. */
const FETCHERS = ['read/fetch-lists.ts', 'read/fetch-timestamp.ts'];

/** Everything that a file imports, and what that imports, without the table of all commands. */
function reach(file: string, known = new Set<string>()): ReadonlySet<string> {
  if (known.has(file) || file === 'cli/main.ts') return known;
  known.add(file);
  for (const item of imports) if (item.file === file && item.name.startsWith('.') && !item.isType) reach(targetOf(item), known);
  return known;
}

test('two commands ask the network; build, check, site and library never do', () => {
  const asks = files.filter((file) => !file.endsWith('.client.ts') && /\bfetch\(/.test(readFileSync(ROOT + file, 'utf8')));
  expect(asks.filter((file) => !FETCHERS.includes(file))).toEqual([]);
  const sockets = imports.filter(({ name, isType }) => !isType && /^node:(http2?|https|net|tls|dns|dgram)(\/|$)/.test(name)).map(({ file }) => file);
  expect(sockets).toEqual(['site/serve.ts']);
  expect([...reach('cli/trusted-list.ts')]).toContain('read/fetch-lists.ts');
  for (const start of ['cli/build.ts', 'cli/check.ts', 'cli/dev.ts', 'site/integration.ts', 'index.ts']) {
    const reached = reach(start);
    expect(reached.size, start).toBeGreaterThan(50);
    expect(
      FETCHERS.filter((file) => reached.has(file)),
      start,
    ).toEqual([]);
  }
});

test('relative imports name the file with its ending', () => {
  expect(imports.filter(({ name }) => name.startsWith('.') && !/\.(ts|js|json)$/.test(name)).map(show)).toEqual([]);
});

test('files are kebab-case, and none is longer than 300 lines', () => {
  expect(files.filter((file) => file.endsWith('.ts') && !/^[a-z0-9-]+(\/[a-z0-9-]+)*(\.client|\.d)?\.ts$/.test(file))).toEqual([]);
  expect(files.filter((file) => readFileSync(ROOT + file, 'utf8').split('\n').length - 1 > 300)).toEqual([]);
});
