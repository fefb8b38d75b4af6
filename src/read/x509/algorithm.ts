import type { AlgorithmFacts } from '../../model/asn1.ts';
import { constructed, TAG } from './der.ts';
import { attempt, type Field } from './field.ts';

/** Algorithms whose parameters are NULL (RFC 4055, RFC 3279), and those that have none (RFC 5758, RFC 8410, RFC 9881). */
const WITH_NULL = /^(rsaEncryption|.+WithRSAEncryption)$/;
const WITHOUT = /^(ecdsa-with-.+|Ed\d+|ml-dsa-\d+)$/;

/** Reads an AlgorithmIdentifier. */
export function readAlgorithm(field: Field): AlgorithmFacts {
  const fields = field.fields();
  const named = { ...fields.next('algorithm').namedOid(), at: field.at };
  const parameters = fields.more ? fields.next('parameters') : undefined;
  fields.end();
  checkParameters(field, named.name ?? '', parameters);
  if (!parameters) return { ...named, parameters: 'absent' };
  if (parameters.is(TAG.null)) return { ...named, parameters: 'null' };
  const known = attempt(field.reading, () => readParameters(named.name, parameters));
  return { ...named, parameters: 'present', hex: parameters.der(), ...known };
}

function checkParameters(field: Field, name: string, parameters: Field | undefined): void {
  if (WITH_NULL.test(name)) {
    if (!parameters) field.report('missing-value', `The algorithm ${name} in ${field.at} stands without parameters.`, 'nothing', 'NULL');
    else if (parameters.is(TAG.null)) parameters.null();
    else parameters.report('unexpected-value', `The algorithm ${name} in ${field.at} has parameters.`, parameters.hex(32), 'NULL');
  }
  if (WITHOUT.test(name) && parameters) {
    const seen = parameters.is(TAG.null) ? 'NULL' : parameters.hex(32);
    parameters.report('unexpected-value', `The algorithm ${name} in ${field.at} has parameters.`, seen, 'nothing');
  }
}

function readParameters(name: string | undefined, parameters: Field): Partial<AlgorithmFacts> {
  if (name === 'ecPublicKey' && parameters.is(TAG.oid)) return { curve: parameters.namedOid() };
  return name === 'id-RSASSA-PSS' ? { pss: readPss(parameters) } : {};
}

/** RSASSA-PSS-params of RFC 4055, 3.1, with its defaults. */
function readPss(field: Field): AlgorithmFacts['pss'] {
  const fields = field.fields();
  const hash = fields.optional('hashAlgorithm', constructed(0));
  const mask = fields.optional('maskGenAlgorithm', constructed(1));
  const salt = fields.optional('saltLength', constructed(2));
  fields.optional('trailerField', constructed(3))?.content().number();
  fields.end();
  return { hash: hash ? digestName(hash.content()) : 'sha1', maskHash: mask ? maskDigest(mask.content()) : 'sha1', saltLength: salt?.content().number() ?? 20 };
}

function digestName(field: Field): string {
  const { name, oid } = readAlgorithm(field);
  return name ?? oid;
}

/** MGF1 has the digest for its parameters; another function is named itself. */
function maskDigest(field: Field): string {
  const fields = field.fields();
  const { name, oid } = fields.next('algorithm').namedOid();
  if (name !== 'id-mgf1') return name ?? oid;
  return digestName(fields.next('parameters'));
}
