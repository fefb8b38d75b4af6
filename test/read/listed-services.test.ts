import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { type Qualification615, type QualificationAt, qualify } from '../../src/model/qualification.ts';
import { factsOfCertificate, type QualificationFacts } from '../../src/model/qualifier.ts';
import { type CountryList, entriesOf, findEntry, listTerritory } from '../../src/model/service-entry.ts';
import { type Instant, parseInstant } from '../../src/model/time.ts';
import type { TrustedList } from '../../src/model/trusted-list.ts';
import { findListedServices, type PathMember } from '../../src/read/listed-services.ts';
import { readTrustedList } from '../../src/read/trusted-list.ts';
import { readX509 } from '../../src/read/x509/x509.ts';
import { sharedFile } from '../helpers/shared.ts';

const shared = sharedFile('trusted-lists/expectations.yaml');
const folder = shared.path.replace(/[^/]+$/, '');
const instant = (text: string): Instant => parseInstant(text, 'UTC') as Instant;
const expectations = () => parse(readFileSync(shared.path, 'utf8'));

const known = new Map<string, TrustedList>();
function listOf(path: string): TrustedList {
  const list = known.get(path) ?? readTrustedList(readFileSync(folder + path)).list;
  if (!list) throw new Error(`${path} cannot be read.`);
  known.set(path, list);
  return list;
}
const countryList = (country: string, file: string): CountryList => ({ country, file, list: listOf(file) });

interface Column {
  status?: string;
  esig?: string;
  eseal?: string;
  web?: string;
  qscd?: string;
}
interface ProfileCase {
  id: string;
  list: string;
  country: string;
  service: { type: string; sdi_sha256: string };
  profile: QualificationFacts & { notBefore: string; qcCClegislation?: string[] };
  at: string;
  expect: { at_issuance: Column; at_check: Column; overall: { confirmed: string; qscd?: string } };
}

const columnOf = ({ status, uses, qscd }: QualificationAt): Column => ({ status, ...uses, ...(qscd && { qscd }) });
const overallOf = ({ confirmed, qscd }: Qualification615) => ({ confirmed, ...(qscd && { qscd }) });

test.skipIf(shared.absent)(`declared profiles under listed services come out as two other implementations say, 38 of 38${shared.reason}`, () => {
  const { service_profiles: cases } = expectations() as { service_profiles: ProfileCase[] };
  expect(cases).toHaveLength(38);
  for (const { id, list, country, service, profile, at, expect: expected } of cases) {
    const entries = entriesOf(countryList(country, list)).filter((entry) =>
      entry.service.identity.certificates.some(({ sha256 }) => sha256 === service.sdi_sha256),
    );
    const matched = entries.map((entry) => ({ provider: entry.provider.names[0] ?? '', service: entry.service }));
    const facts = { ...profile, legislation: (profile.qcCClegislation ?? []).length > 0 };
    const answer = qualify(matched, facts, { issued: instant(profile.notBefore), at: instant(at) });
    expect({ at_issuance: columnOf(answer.atIssuance), at_check: columnOf(answer.atCheck), overall: overallOf(answer) }, id).toEqual(expected);
  }
});

interface DeclarationCase {
  id: string;
  declaration: { country: string; tsp: string; type: string; sdi_sha256: string };
  expect: { match: boolean; field?: string; matched_by?: string };
}

test.skipIf(shared.absent)(`declarations of entries match, or name the field that is wrong, 6 of 6${shared.reason}`, () => {
  const { declarations } = expectations() as { declarations: DeclarationCase[] };
  expect(declarations).toHaveLength(6);
  const lists = ['EE', 'FI', 'LV', 'LU'].map((country) => countryList(country, `eu-2025-08/${country}.xml`));
  for (const { id, declaration, expect: expected } of declarations) {
    const { country, tsp: provider, type, sdi_sha256: identity } = declaration;
    const match = findEntry(lists, { country, provider, type, identity }, instant('2025-08-08T12:00:00Z'));
    const field = { identity: 'sdi', provider: 'tsp', country: 'country', type: 'type' };
    const answer = match.entry ? { match: true, ...(match.by === 'trade-name' && { matched_by: match.by }) } : { match: false, field: field[match.field] };
    expect(answer, id).toEqual(expected);
  }
});

interface SuiteCase {
  id: string;
  name: string;
  certificate: string;
  lotl: string;
  at: string;
  official: string;
  expect: { confirmed: string; qscd?: string };
}

/** The lists of a list of the lists that the suite holds, by the country of their pointers. */
function suiteLists(name: string): readonly CountryList[] {
  const present = name === 'LOTL-3' ? [3, 4, 5, 6, 7, 8] : [41, 43];
  return listOf(`ec-suite/${name}.xml`).pointers.flatMap(({ location, territory = '' }) => {
    const number = present.find((candidate) => location.endsWith(`/TL-${candidate}.xml`));
    return number === undefined ? [] : [countryList(territory, `ec-suite/TL-${number}.xml`)];
  });
}

test.skipIf(shared.absent)(`the certificates of the Commission's suite come out as stated, 45 of 45${shared.reason}`, () => {
  const { ec_suite: cases } = expectations() as { ec_suite: SuiteCase[] };
  expect(cases).toHaveLength(45);
  const rows: string[] = [];
  for (const { id, name, certificate, lotl, at, official, expect: expected } of cases) {
    const path = readX509(readFileSync(folder + certificate), certificate).items as readonly PathMember[];
    const [end] = path as readonly [PathMember];
    const country = listTerritory(end.facts.issuer.attributes.find(({ name: attribute }) => attribute === 'countryName')?.value ?? '');
    const lists = suiteLists(lotl).filter((list) => list.country === country);
    const answer = qualify(findListedServices(lists, path), factsOfCertificate(end.facts), {
      issued: end.facts.validity.notBefore.instant as Instant,
      at: instant(at),
    });
    expect(overallOf(answer), `${id} ${JSON.stringify(answer.atCheck, null, 1)}`).toEqual(expected);
    rows.push(`${id.padEnd(10)} ${name.padEnd(58)} ${official.padEnd(11)} ${answer.confirmed}${answer.qscd ? `, QSCD ${answer.qscd}` : ''}`);
  }
  console.log(rows.join('\n'));
});
