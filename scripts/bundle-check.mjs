// Puts the command `check` and all it needs into one file: to find and open five hundred takes an eighth of its time, and more where
// no cache of compiled code is kept. What it asks for later, the native parser and git's library stay files of their own.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const ENTRY = fileURLToPath(new URL('../lib/cli/check.js', import.meta.url));
const APART = /^(?:node:|satteri$|simple-git$|remark-)/;
/** Asked for later, or, as main.js, asking for this one. */
const LATER = ['./main.js', './check-suggest.js', './check-apply.js', './check-changed.js'];

/** Replaces `lib/cli/check.js`, and writes the licences of what is in it beside it. */
export async function bundleCheck() {
  const external = (name, from) => APART.test(name) || (from === ENTRY && LATER.includes(name));
  // gray-matter has an engine that evaluates code; it is switched off in src/read/front-matter.ts.
  const bundle = await rolldown({ input: ENTRY, platform: 'node', external, checks: { eval: false } });
  const minify = { mangle: false, compress: true, codegen: { removeWhitespace: true } };
  const { output } = await bundle.write({ file: ENTRY, format: 'esm', codeSplitting: false, minify });
  await bundle.close();
  writeFileSync(`${ENTRY}.licenses.txt`, describeLicences(Object.keys(output[0].modules)));
}

function describeLicences(modules) {
  const folders = new Set(modules.flatMap((id) => /^.*[/\\]node_modules[/\\](?:@[^/\\]+[/\\])?[^/\\]+/.exec(id)?.[0] ?? []));
  const texts = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
    const file = ['LICENSE', 'license', 'LICENSE.md', 'LICENSE.txt', 'LICENSE.BSD', 'LICENSE-MIT.txt'].map((own) => `${folder}/${own}`).find(existsSync);
    return `${name} ${version}: ${license}\n${file ? `\n${readFileSync(file, 'utf8').trim()}\n` : ''}`;
  });
  return `check.js holds these packages:\n\n${texts.join('\n----\n\n')}`;
}
