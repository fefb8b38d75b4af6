import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { criteriaMeetable } from '../../src/check/rules/trusted-lists/criteria-meetable.ts';
import { entryExists } from '../../src/check/rules/trusted-lists/entry-exists.ts';
import type { AuthenticList } from '../../src/model/authentic-list.ts';
import type { Policy } from '../../src/model/document.ts';
import { toInstant } from '../../src/model/time.ts';
import type { TrustService } from '../../src/model/trust-service.ts';
import type { Workspace } from '../../src/model/workspace.ts';
import { readTrustedList } from '../../src/read/trusted-list.ts';
import { openWorkspace } from '../../src/read/workspace.ts';
import { sharedFile } from '../helpers/shared.ts';

// A real entry names two policies of a provider in one set; a certificate has one of them. Its authenticity is tested elsewhere.
const shared = sharedFile('trusted-lists/eu-2025-08/EE.xml');
const FILE = 'content/trusted-lists/EE.xml';
const NAME = 'ESTEID qualified certificates for electronic signatures (ESTEID-SK 2015)';
const [CARD, DIGITAL_ID] = ['1.3.6.1.4.1.10015.1.1', '1.3.6.1.4.1.10015.1.3'];
const now = toInstant(new Date('2025-10-01T00:00:00Z'));

/** The example as if its CP had these policies alone and its service were that entry. */
async function enter(oids: readonly string[]): Promise<Workspace> {
  const { workspace } = await openWorkspace(new URL('../../', import.meta.url), { now, purpose: 'check' });
  const { list } = readTrustedList(readFileSync(shared.path));
  const service = list?.providers.flatMap(({ services }) => services).find(({ states: [state] }) => state?.names.includes(NAME));
  const [certificate] = service?.identity.certificates ?? [];
  if (!list || !certificate || !workspace.trustedLists) throw new Error(`There is no entry "${NAME}".`);
  const policies = oids.map((oid): Policy => ({ oid, name: oid, conformsTo: 'QCP-n-qscd', qualified: { statement: '1.1' } }));
  const facts = [...workspace.facts].map(
    ([digest, text]) => [digest, { ...text, ...(text.frontMatter && { frontMatter: { ...text.frontMatter, policies } }) }] as const,
  );
  const authentication = { authenticated: true, file: FILE, list, warnings: [] } as unknown as AuthenticList;
  const declared: TrustService = {
    id: 'esteid',
    title: NAME,
    entry: { country: 'EE', provider: 'SK ID Solutions AS', type: 'CA/QC', identity: certificate.sha256, uses: ['ForeSignatures'], since: '2016-07-01' },
    policies: oids.map((oid) => ({ oid, qualifiers: [] })),
  };
  return {
    ...workspace,
    facts: new Map(facts),
    services: { services: [declared], file: 'content/services.yaml', fields: {} },
    trustedLists: { ...workspace.trustedLists, at: now, lists: [{ country: 'EE', location: '', authentication }] },
  };
}

test.skipIf(shared.absent)(`a real entry asks for two policies in one certificate, which no certificate has${shared.reason}`, async () => {
  const workspace = await enter([CARD, DIGITAL_ID] as string[]);
  expect([...entryExists.check(workspace)].map(({ message }) => message)).toEqual([
    'The certificate by which the service "esteid" is listed is not published here.',
  ]);
  const found = [...criteriaMeetable.check(workspace)];
  expect(found.map(({ message, seen }) => [message, seen])).toEqual([
    [
      'No certificate of the service "esteid" can meet the criteria for QCStatement and QCForESig.',
      `all of (the key usage nonRepudiation; the policies ${CARD} and ${DIGITAL_ID} in one certificate) (${FILE}:804)`,
    ],
  ]);
});
