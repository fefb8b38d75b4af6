import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Authentication, AuthenticList } from '../../src/model/authentic-list.ts';
import { type Instant, parseInstant } from '../../src/model/time.ts';
import type { Sha256 } from '../../src/model/version.ts';
import { authenticateList, authenticateListOfLists, type ListFile } from '../../src/read/list-authentication.ts';
import { readTrustedList } from '../../src/read/trusted-list.ts';
import { readX509 } from '../../src/read/x509/x509.ts';
import { verifyListSignature } from '../../src/read/xml-signature/list-signature.ts';
import { sharedFile } from '../helpers/shared.ts';

const shared = sharedFile('trusted-lists/expectations.yaml');

type Edit = { replace_first?: string; with?: string; insert_before_root?: string; remove_element?: string; wrap_root_in?: string };
interface Case {
  id: string;
  list: string;
  anchors?: string;
  lotl?: string;
  at: string;
  pivots?: number[];
  edit?: Edit;
  expect: { authenticated: boolean; reason?: string; sequence?: number; version?: number; next_update?: string; warnings?: string[]; pivots?: number[] };
}

const folder = shared.path.replace(/[^/]+$/, '');
const fileOf = (path: string): ListFile => ({ file: path, bytes: readFileSync(folder + path) });
const anchorsOf = (path: string) => readX509(readFileSync(folder + path), path).items.map(({ der }) => der);
const PIVOTS = [341, 335, 300, 282];
const pivotFile = (sequence: number): ListFile => fileOf(`eu-2025-08/eu-lotl-pivot-${sequence}.xml`);

function edited({ file, bytes }: ListFile, edit: Edit | undefined): ListFile {
  const text = Buffer.from(bytes).toString('utf8');
  const root = /<[\w:]*TrustServiceStatusList[\s\S]*$/.exec(text)?.[0] ?? '';
  const head = text.slice(0, text.length - root.length);
  const to = (changed: string): ListFile => ({ file, bytes: Buffer.from(changed) });
  if (edit?.replace_first) return to(text.replace(edit.replace_first, edit.with ?? ''));
  if (edit?.insert_before_root) return to(`${head}${edit.insert_before_root}${root}`);
  if (edit?.remove_element) return to(text.replace(new RegExp(`<${edit.remove_element}[ >][\\s\\S]*</${edit.remove_element}>`), ''));
  if (edit?.wrap_root_in) return to(`${head}<${edit.wrap_root_in}>${root}</${edit.wrap_root_in}>`);
  return { file, bytes };
}

/** A list of the lists as it is, for what it points to: the cases of national lists take it for granted. */
async function taken(path: string): Promise<AuthenticList> {
  const file = fileOf(path);
  const { list, root, instructions } = readTrustedList(file.bytes) as Extract<ReturnType<typeof readTrustedList>, { list: object }>;
  const verified = await verifyListSignature(root, instructions);
  if (!verified.holds) throw new Error(verified.problem);
  return { authenticated: true, file: file.file, sha256: '' as Sha256, list, signer: verified.signer, signingTime: undefined, warnings: [], pivots: [] };
}

async function authenticate({ list, anchors, lotl, at, pivots = PIVOTS, edit }: Case): Promise<Authentication> {
  const file = edited(fileOf(list), edit);
  const instant = parseInstant(at, 'UTC') as Instant;
  if (anchors) return authenticateListOfLists(file, { anchors: { certificates: anchorsOf(anchors) }, pivots: pivots.map(pivotFile), at: instant });
  return authenticateList(file, await taken(lotl as string), instant);
}

function answerOf(result: Authentication, asked: Case['expect']): Case['expect'] {
  if (!result.authenticated) return { authenticated: false, reason: result.reason };
  const { list, warnings, pivots } = result;
  const known = warnings.filter(({ code }) => code !== 'history').map(({ code }) => code);
  return {
    authenticated: true,
    ...(asked.sequence !== undefined && { sequence: list.sequence }),
    ...(asked.version !== undefined && { version: list.version }),
    ...(asked.next_update !== undefined && { next_update: list.nextUpdate?.slice(0, 10) ?? '' }),
    ...(asked.pivots && { pivots: pivots.map((pivot) => pivot.list.sequence) }),
    ...((asked.warnings || known.length > 0) && { warnings: known }),
  };
}

test.skipIf(shared.absent)(`lists are authentic or refused as expected, 19 of 19${shared.reason}`, async () => {
  const { list_authentication: cases } = parse(readFileSync(shared.path, 'utf8')) as { list_authentication: Case[] };
  expect(cases).toHaveLength(19);
  const rows: string[] = [];
  for (const item of cases) {
    const result = await authenticate(item);
    expect(answerOf(result, item.expect), item.id).toEqual(item.expect);
    rows.push(`${item.id.padEnd(34)} ${result.authenticated ? 'authentic' : `refused: ${result.problem}`}`);
  }
  console.log(rows.join('\n'));
});
