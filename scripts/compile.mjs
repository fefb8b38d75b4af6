// Compiles src/ into lib/, from nothing, so that no file of an earlier layout is left in it; then the templates and catalogues that ship.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const compiler = createRequire(import.meta.url)
  .resolve('typescript7/package.json')
  .replace(/package\.json$/, 'bin/tsc');

function run(...args) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' } });
  if (status !== 0) process.exit(status ?? 1);
}

rmSync(new URL('../lib/', import.meta.url), { recursive: true, force: true });
run(compiler, '-p', 'tsconfig.build.json');
run('lib/site/compile.js');

// For editors: `# yaml-language-server: $schema=node_modules/cartulary/lib/schemas/cartulary.schema.json`
const { editorSchemas } = await import('../lib/model/editor-schema.js');
mkdirSync(new URL('../lib/schemas/', import.meta.url), { recursive: true });
for (const [name, schema] of editorSchemas()) writeFileSync(new URL(`../lib/schemas/${name}`, import.meta.url), `${JSON.stringify(schema, null, 2)}\n`);

// Checked once here, so that no start of the command has to read half a megabyte of YAML.
const { compileEdition, listShippedEditions } = await import('../lib/read/catalogue.js');
const { compileOutline } = await import('../lib/read/outline.js');
function writeCompiled({ standard, edition }, value) {
  const folder = new URL(`../lib/requirements/${standard}/`, import.meta.url);
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL(`${edition}.json`, folder), JSON.stringify(value));
}
for (const name of await listShippedEditions()) writeCompiled(name, await compileEdition(name));
writeCompiled({ standard: 'rfc-3647', edition: '2003' }, await compileOutline());

const { compileStatements } = await import('../lib/read/statements.js');
const { compileFormFacts } = await import('../lib/read/form-facts.js');
writeFileSync(new URL('../lib/statements.json', import.meta.url), JSON.stringify(await compileStatements()));
writeFileSync(new URL('../lib/form.json', import.meta.url), JSON.stringify(await compileFormFacts()));

const { bundleCheck } = await import('./bundle-check.mjs');
await bundleCheck();

const { compileCertificateStandards } = await import('../lib/read/certificate-catalogues.js');
writeFileSync(new URL('../lib/certificate-standards.json', import.meta.url), JSON.stringify(await compileCertificateStandards()));
