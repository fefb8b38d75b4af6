import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';

const readFixture = (name: string) => readFileSync(new URL(`../fixtures/reports/${name}`, import.meta.url), 'utf8');

// The schema is of draft 4, in which `id` had no dollar sign and patterns were not of Unicode; nothing else in it differs from draft 7.
const { $schema: _, id: $id, ...schema } = JSON.parse(readFixture('sarif-2.1.0.json')) as Record<string, unknown>;
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats.default(ajv);
const validateSarif = ajv.compile({ $id: $id as string, ...schema });

/** What is wrong with a SARIF log by the schema of SARIF 2.1.0. */
export function sarifErrors(text: string): string[] {
  validateSarif(JSON.parse(text));
  return (validateSarif.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const junit = XsdValidator.fromDoc(XmlDocument.fromString(readFixture('junit-jenkins.xsd')));

/** What is wrong with a JUnit report: as XML, by the schema that Jenkins uses, and by what the counts of each suite say. */
export function junitErrors(text: string): string[] {
  try {
    const document = XmlDocument.fromString(text);
    junit.validate(document);
    return document.root.find('testsuite').flatMap((suite) => {
      const count = (path: string) => suite.find(path).length;
      const says = (name: string) => Number((suite.get(`@${name}`) as { value: string } | null)?.value);
      const counts: [string, string][] = [
        ['tests', 'testcase'],
        ['failures', 'testcase/failure'],
        ['errors', 'testcase/error'],
        ['skipped', 'testcase/skipped'],
      ];
      return counts.flatMap(([name, path]) => (says(name) === count(path) ? [] : [`${name} is ${says(name)}, not ${count(path)}`]));
    });
  } catch (error) {
    return [String(error)];
  }
}
