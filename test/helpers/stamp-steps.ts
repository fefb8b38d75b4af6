import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ALLOWED_SIGNERS } from '../../src/model/signed-tag.ts';
import { TIMESTAMP_AUTHORITIES, TIMESTAMPS } from '../../src/model/timestamp.ts';
import { REGISTER, readRegister } from '../../src/read/register.ts';
import { pem } from './der.ts';
import { encodeTimestamp, type TimestampIdentity } from './encode-timestamp.ts';
import type { TestRepository } from './repository.ts';
import { makeSshKey, signTag } from './sign-tag.ts';
import { ENDED_ROOT, ROOT, STRANGER, UNIT, unit } from './timestamps.ts';

type Place = { repository: TestRepository };

const digestOf = async ({ repository }: Place, entry: string): Promise<string> => {
  const { register } = readRegister(await readFile(join(repository.folder, REGISTER), 'utf8'));
  const digest = register.entries[Number(entry) - 1]?.digest;
  if (digest === undefined) throw new Error(`The register has no entry ${entry}.`);
  return digest;
};

/** Who stamps, by the words of a step. */
const UNITS: Readonly<Record<string, () => TimestampIdentity>> = {
  'the unit': () => UNIT,
  'a stranger': () => unit('Unit of a stranger', { issuer: STRANGER }),
  'a unit that ended in 2025': () => unit('Ended unit', { notAfter: '2025-12-31T23:59:59Z' }),
  'a unit that ends in June': () => unit('Ending unit', { notAfter: '2026-06-30T23:59:59Z' }),
};

async function stamp(place: Place, entry = '', at = '', by = 'the unit', name = entry): Promise<void> {
  const signer = UNITS[by]?.();
  if (!signer) throw new Error(`No test knows "${by}".`);
  const token = encodeTimestamp({ digest: await digestOf(place, entry), genTime: at, signer });
  await place.repository.write({ [`${TIMESTAMPS}/${await digestOf(place, name)}.tsr`]: token });
}

async function damage(place: Place, entry = ''): Promise<void> {
  const path = `${TIMESTAMPS}/${await digestOf(place, entry)}.tsr`;
  const token = await readFile(join(place.repository.folder, path));
  await place.repository.write({ [path]: Buffer.from(token.with(-1, (token.at(-1) ?? 0) ^ 1)) });
}

async function extend(place: Place, entry = ''): Promise<void> {
  const path = `${TIMESTAMPS}/${await digestOf(place, entry)}.tsr`;
  await place.repository.write({ [path]: Buffer.concat([await readFile(join(place.repository.folder, path)), Buffer.from('\n')]) });
}

const pin =
  ({ certificate }: TimestampIdentity) =>
  ({ repository }: Place): Promise<void> =>
    repository.write({ [`${TIMESTAMP_AUTHORITIES}/authority.pem`]: pem('CERTIFICATE', certificate) });

const PGP = '-----BEGIN PGP SIGNATURE-----\n\niHUEABYKAB0WIQ==\n-----END PGP SIGNATURE-----\n';

/** Steps of an example about time-stamps and signed tags. Entries are counted from 1. */
export const STAMP_STEPS: readonly (readonly [pattern: RegExp, take: (place: Place, ...parts: string[]) => Promise<void>])[] = [
  [/^pin the authority$/, pin(ROOT)],
  [/^pin an authority that ended in 2025$/, pin(ENDED_ROOT)],
  [/^stamp entry (\d+) at (\S+)$/, stamp],
  [/^stamp entry (\d+) at (\S+) by (.+)$/, stamp],
  [/^stamp entry (\d+) at (\S+) and name it after entry (\d+)$/, (place, entry, at, name) => stamp(place, entry, at, undefined, name)],
  [/^allow the author to sign$/, ({ repository }) => repository.write({ [ALLOWED_SIGNERS]: makeSshKey('author').line })],
  [/^sign the tag (\S+) as (\S+)$/, ({ repository }, name = '', by = '') => signTag(repository, name, { by })],
  [/^sign the tag (\S+) with OpenPGP$/, ({ repository }, name = '') => signTag(repository, name, { armoured: PGP })],
  [/^sign the tag (\S+) and change its message$/, ({ repository }, name = '') => signTag(repository, name, { altered: true })],
  [/^sign a tag (\S+) and call it (\S+)$/, ({ repository }, named = '', name = '') => signTag(repository, name, { named })],
  [/^change the last octet of the token over entry (\d+)$/, damage],
  [/^add a line end to the token over entry (\d+)$/, extend],
];
