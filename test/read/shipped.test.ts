import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { compileFormFacts } from '../../src/read/form-facts.ts';
import { readCompiled, readShippedYaml } from '../../src/read/shipped.ts';
import { compileStatements } from '../../src/read/statements.ts';

const LIB = new URL('../../lib/', import.meta.url);
const isCompiled = existsSync(new URL('form.json', LIB));

test.skipIf(!isCompiled)(`what is compiled is what the YAML says${isCompiled ? '' : ' (skipped: lib/ is not compiled)'}`, async () => {
  const read = async (name: string) => JSON.parse(await readFile(new URL(name, LIB), 'utf8'));
  expect(await read('form.json')).toEqual(JSON.parse(JSON.stringify(await compileFormFacts())));
  expect(await read('statements.json')).toEqual(JSON.parse(JSON.stringify(await compileStatements())));
});

test('where nothing was compiled, the YAML is read', async () => {
  expect(await readCompiled('no-such-file.json', async () => 'from the YAML')).toBe('from the YAML');
});

test('YAML of the package that is not valid is told with its place', async () => {
  await expect(readShippedYaml('form/oids.yaml', z.object({ nothing: z.string() }))).rejects.toThrow(
    /^content\/form\/oids\.yaml:\d+ of the package cannot be read: /,
  );
});
