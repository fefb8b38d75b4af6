import { beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { Policy } from '../../src/model/document.ts';
import type { Finding } from '../../src/model/finding.ts';
import { DECLARED, NOT_QUALIFIED, SOFTWARE_SEAL } from '../helpers/declared-policies.ts';
import { runExample } from '../helpers/example.ts';
import { readEarlierProfile } from '../helpers/example-profiles.ts';
import type { Mismatch } from '../helpers/mismatch-cases.ts';
import { MISMATCHES } from '../helpers/mismatches.ts';
import type { Block } from '../helpers/rule-page.ts';

/** What the certificates of the helper are under: the profiles of the example, and one of seals for payment services. */
const PROFILES = ['natural-person-qscd', 'legal-person-qscd', 'natural-person', 'website'];
const PSD2_PROFILE = `title: Seals of payment service providers
policy: ${SOFTWARE_SEAL.oid}
section: "7.1.2.2"
others: [subject, extensions, qcStatements]
rows:
  - { id: psd2, field: qcStatements.PSD2 }
  - { id: identifier, field: subject.organizationIdentifier, value: { like: ["PSD??-*"] } }
`;

const CONFIGURATION = 'name: Example Trust Services\nsite: https://repository.ets.example\ntimeZone: Europe/Vienna\nlanguages: [en, de]\n';
const SECTION = `### 7.1.2 Certificate extensions

CRLs are at http://crl.ets.example/{ca}.crl, OCSP is at http://ocsp.ets.example/, CA certificates are at http://crt.ets.example/{ca}.cer.

#### 7.1.2.1 Signatures with a device

As in the profile.

#### 7.1.2.2 Seals

As in the profile.

#### 7.1.2.3 Signatures

As in the profile.

#### 7.1.2.5 Websites

As in the profile.
`;
const pds = (language: string) => `---
document: pds
type: PDS
title: PKI Disclosure Statement
language: ${language}
version: "1.2"
status: approved
approved: { on: 2026-01-10, by: Policy Management Authority }
effective: 2026-02-01
---

# 1. Contact

Example Trust Services.
`;

const file = (name: string, content: string): Block => ({ kind: 'file', name, content });
const certificate = (name: string, content: string): Block => ({ kind: 'certificate', name: `content/certificates/${name}`, content });

/** A repository that registered a CPS with these policies, with profiles bound to it, and then deployed certificates. */
async function checkUnder(policies: readonly Policy[], certificates: readonly Block[]): Promise<readonly Finding[]> {
  const bound = [...new Set(policies.flatMap(({ profile }) => profile ?? []))];
  const read = (id: string) => (id === 'psd2-seal' ? PSD2_PROFILE : readEarlierProfile(id));
  const profiles = Object.fromEntries(bound.map((id) => [id, `content/profiles/${id}.yaml`]));
  const dates = { published: '2026-01-12T09:00:00Z', effective: '2026-01-31T23:00:00Z' };
  const entries = [
    { document: 'cps', version: '1.0', ...dates, files: { en: 'policies/cps.md' }, ...(bound.length > 0 && { profiles }) },
    { document: 'pds', version: '1.2', ...dates, files: { en: 'policies/pds.en.md', de: 'policies/pds.de.md' } },
  ];
  const blocks = [
    file('cartulary.yaml', CONFIGURATION),
    { kind: 'front-matter', name: '', content: stringify({ policies }) },
    { kind: 'section', name: '7.1.2', content: SECTION },
    ...bound.map((id) => file(`content/profiles/${id}.yaml`, read(id))),
    file('policies/pds.en.md', pds('en')),
    file('policies/pds.de.md', pds('de')),
    { kind: 'register', name: '', content: stringify(entries) },
    certificate('ca/qualified.pem', 'copy: content/certificates/ca/ets-qualified-ca-1.pem'),
    certificate('ca/web.pem', 'copy: content/certificates/ca/ets-qualified-web-ca-1.pem'),
    certificate('ca/root.pem', 'copy: content/certificates/ca/ets-root-ca-1.pem'),
    ...certificates,
  ];
  const { findings, crashed } = await runExample({ kind: 'Fails', title: '', blocks, findings: '' });
  expect(crashed).toBe(false);
  return findings;
}

const nameOf = ({ row, shows }: Mismatch) => `${String(row).padStart(2, '0')}-${shows.toLowerCase().replace(/\W+/g, '-')}.pem`;
const findingsOn = (findings: readonly Finding[], name: string) => findings.filter(({ at }) => at.file === `content/certificates/${name}`);

/** Where in a text of the provider a finding says that something else is stated. */
const statedAt = ({ expected = '' }: Finding): string | undefined => /policies\/cps\.md:\d+/.exec(expected)?.[0];
const sectionOf = ({ expected = '' }: Finding): string => /section ([\d.]+)/.exec(expected)?.[1] ?? 'front matter';

const OWN_RULES = ['profiles/certificate-agrees', 'profiles/certificate-claims-hold', 'profiles/certificate-declared'];

const declared = Object.values(DECLARED);
const otherwise: readonly Policy[] = [{ ...SOFTWARE_SEAL, profile: 'psd2-seal' }, NOT_QUALIFIED];
const isOtherwise = ({ policy }: Mismatch) => policy === SOFTWARE_SEAL || policy === NOT_QUALIFIED;

describe('each row of "What a mismatch looks like"', () => {
  let findings: readonly Finding[] = [];

  beforeAll(async () => {
    const deploy = (cases: readonly Mismatch[]) => cases.map((mismatch) => certificate(nameOf(mismatch), `mismatch: ${JSON.stringify(mismatch.shows)}`));
    findings = [
      ...(await checkUnder(declared, deploy(MISMATCHES.filter((mismatch) => !isOtherwise(mismatch))))),
      ...(await checkUnder(otherwise, deploy(MISMATCHES.filter(isOtherwise)))),
    ];
    console.log(['row  shows, found at the field, stated in, by', ...MISMATCHES.map((mismatch) => describeRow(mismatch, findings))].join('\n'));
  }, 60_000);

  const wrong = MISMATCHES.filter(({ verdict }) => verdict !== 'fine');

  test.each(wrong)('row $row, $shows: is found at the field, with section and line', (mismatch) => {
    const found = findHits(mismatch, findings);
    expect(found).not.toEqual([]);
    // What a profile declares otherwise is an error, whatever the standard allows.
    expect(found.some(({ severity }) => severity === 'error' || severity === mismatch.verdict)).toBe(true);
    const own = findOwn(mismatch, findings);
    expect(own.map(statedAt).filter((place) => place !== undefined)).toHaveLength(own.length);
    expect(own).not.toEqual([]);
  });

  test('requirements behind rows that no finding cites: what is left to the profile', () => {
    const cites = (mismatch: Mismatch) => {
      const clauses = findingsOn(findings, nameOf(mismatch)).map(({ basis }) => basis.clause);
      return mismatch.requirements.some((requirement) => clauses.includes(requirement.split(':')[1]));
    };
    expect(wrong.filter((mismatch) => !cites(mismatch)).map(({ row, shows }) => `${row} ${shows}`)).toMatchInlineSnapshot(`
      [
        "7 none of them",
        "18 no OCSP address",
        "18 no CRL address",
        "20 another PDS address",
        "20 other retention years",
        "20 another proofing method",
        "22 absent for present",
        "22 present for absent",
        "22 not critical for critical",
        "22 another value",
        "22 a day more",
        "22 a second more",
        "22 an attribute too many",
      ]
    `);
  });

  test.each(MISMATCHES.filter(({ verdict }) => verdict === 'fine'))('row $row, $shows: nothing is found', (mismatch) => {
    expect(findingsOn(findings, nameOf(mismatch))).toEqual([]);
  });
});

/** Those that hold the certificate against a text of the provider: at the field, or elsewhere where the text says nothing of that field. */
function findOwn(mismatch: Mismatch, findings: readonly Finding[]): readonly Finding[] {
  const own = findingsOn(findings, nameOf(mismatch)).filter(({ rule }) => OWN_RULES.includes(rule));
  const hits = own.filter(({ at }) => at.path?.startsWith(mismatch.at));
  return hits.length > 0 ? hits : own;
}

/** Findings on a case at the field that it is about. */
const findHits = (mismatch: Mismatch, findings: readonly Finding[]) =>
  findingsOn(findings, nameOf(mismatch)).filter(({ at }) => at.path?.startsWith(mismatch.at));

function describeRow(mismatch: Mismatch, findings: readonly Finding[]): string {
  const head = `${String(mismatch.row).padStart(3)}  ${mismatch.shows}`;
  if (mismatch.verdict === 'fine') return `${head}: ${findingsOn(findings, nameOf(mismatch)).length} findings`;
  const found = findHits(mismatch, findings);
  const [own] = findOwn(mismatch, findings);
  const bases = [...new Set(found.filter(({ basis }) => /^(ETSI EN 319 412|ETSI TS)/.test(basis.standard)).map(({ basis }) => basis.clause))];
  const rules = [...new Set(found.map(({ rule }) => rule.replace('profiles/', '')))];
  return `${head}: ${own?.at.path ?? 'not found'}, ${own ? `${sectionOf(own)}, ${statedAt(own)}` : '-'}; ${rules.join(' ')}; ${bases.join(' ') || '-'}`;
}

describe('each claim of the front matter', () => {
  const right = DECLARED['natural-person-qscd'];
  const { qualified: _, ...notQualified } = right;
  const sample = certificate('sample.pem', 'profile: natural-person-qscd');
  const others = declared.filter((policy) => policy !== right);

  test('a right certificate of each policy has no findings', async () => {
    const samples = PROFILES.map((profile) => certificate(`${profile}.pem`, `profile: ${profile}`));
    const findings = await checkUnder(declared, samples);
    expect(findings.filter(({ at }) => at.file.startsWith('content/certificates/'))).toEqual([]);
  });

  const CLAIMS: readonly [claim: string, policy: Policy, rule: string, path: string, seen: string][] = [
    ['qualified', notQualified, 'profiles/certificate-claims-hold', 'tbsCertificate.extensions.qcStatements[0]', 'QcCompliance'],
    ['qscd', { ...right, qscd: { required: false } }, 'profiles/certificate-claims-hold', 'tbsCertificate.extensions.qcStatements[1]', 'QcSSCD'],
    [
      'conformsTo',
      { ...right, conformsTo: 'QCP-l-qscd' },
      'profiles/certificate-claims-hold',
      'tbsCertificate.extensions.certificatePolicies[1]',
      'qcp-natural-qscd (0.4.0.194112.1.2)',
    ],
    ['profile', { ...right, profile: 'legal-person-qscd' }, 'profiles/certificate-agrees', 'tbsCertificate.subject.organizationName', 'absent'],
    [
      'oid',
      { ...right, oid: '1.3.6.1.4.1.99999.1.2.9' },
      'profiles/certificate-declared',
      'tbsCertificate.extensions.certificatePolicies',
      '1.3.6.1.4.1.99999.1.2.1, 0.4.0.194112.1.2 (QCP-n-qscd)',
    ],
  ];

  test.each(CLAIMS)('%s: is found', async (_claim, policy, rule, path, seen) => {
    const findings = findingsOn(await checkUnder([policy, ...others], [sample]), 'sample.pem');
    const found = findings.find((finding) => finding.rule === rule && finding.at.path === path);
    expect(found, JSON.stringify(findings, null, 1)).toMatchObject({ severity: 'error', seen });
    if (found && rule !== 'profiles/certificate-declared') expect(statedAt(found)).toMatch(/^policies\/cps\.md:\d+$/);
  });
});
