import { describe, expect, test } from 'vitest';
import { readX509 } from '../../../src/read/x509/x509.ts';
import { readSamples, SAMPLES } from '../../helpers/certificate-samples.ts';
import {
  enumerated,
  extension,
  generalizedTime,
  hex,
  ia5,
  integer,
  madeUpCertificate,
  NULL,
  name,
  octets,
  oid,
  printable,
  SIGNATURE,
  sequence,
  tagged,
  utcTime,
  utf8,
} from '../../helpers/der.ts';
import { makeMutations } from '../../helpers/mutations.ts';
import { processorTime } from '../../helpers/processor-time.ts';

/** CARTULARY_MUTATIONS sets another number, with another seed in CARTULARY_SEED. */
const COUNT = Number(process.env['CARTULARY_MUTATIONS'] ?? 100_000);
const SEED = Number(process.env['CARTULARY_SEED'] ?? 412);
/** Far beyond what the slowest of them takes: only what hangs, or grows with a power of its size, is slower. */
const MOST_MILLISECONDS = 1000;

const ISSUER = name(['2.5.4.3', utf8('Example CA')], ['2.5.4.97', utf8('VATAT-U1234')]);
const QC = sequence(
  sequence(oid('0.4.0.1862.1.1')),
  sequence(oid('0.4.0.1862.1.5'), sequence(sequence(ia5('https://example.com'), printable('en')))),
  sequence(oid('0.4.0.19495.2'), sequence(sequence(sequence(oid('0.4.0.19495.1.2'), utf8('PSP_PI'))), utf8('FMA'), utf8('AT-FMA'))),
);
const CERTIFICATE = madeUpCertificate({ issuer: ISSUER, extensions: [extension('1.3.6.1.5.5.7.1.3', QC), extension('2.5.29.54', integer(1))] });
const REVOKED = sequence(integer(7), utcTime('260102000000Z'), sequence(extension('2.5.29.21', enumerated(1))));
const LIST = sequence(
  sequence(integer(1), SIGNATURE[0], ISSUER, utcTime('260101000000Z'), sequence(REVOKED, REVOKED), tagged(0, sequence(extension('2.5.29.20', integer(3))))),
  ...SIGNATURE,
);
const TIME = generalizedTime('20260101000000Z');
const ANSWER = sequence(sequence(SIGNATURE[0], octets(hex('01')), octets(hex('02')), integer(5)), hex('8000'), TIME);
const RESPONSE = sequence(
  enumerated(0),
  tagged(
    0,
    sequence(
      oid('1.3.6.1.5.5.7.48.1.1'),
      octets(sequence(sequence(tagged(1, ISSUER), TIME, sequence(ANSWER)), ...SIGNATURE, tagged(0, sequence(CERTIFICATE)))),
    ),
  ),
);
const CHAIN = sequence(
  oid('1.2.840.113549.1.7.2'),
  tagged(0, sequence(integer(1), hex('3100'), sequence(oid('1.2.3')), tagged(0, CERTIFICATE, CERTIFICATE), NULL)),
);

/** The real certificates where they are there, and one of each kind. */
const SOURCES = [CERTIFICATE, LIST, RESPONSE, CHAIN, ...readSamples().map(({ content }) => readX509(content, 'sample').items[0]?.der ?? CERTIFICATE)];

describe('damaged and random input', () => {
  const sources = SAMPLES.absent ? ' (without the real certificates: ../shared/certificates is absent)' : '';
  test(`${COUNT} mutations (seed ${SEED}) end in facts or in an observation, in bounded time${sources}`, { timeout: 600_000 }, () => {
    let slowest = 0;
    let read = 0;
    let irregular = 0;
    for (const content of makeMutations(SOURCES, COUNT, SEED)) {
      const used = processorTime();
      const { items, observations } = readX509(content, 'mutation');
      slowest = Math.max(slowest, used());
      if (items.length + observations.length === 0) expect.unreachable(`nothing is said of ${Buffer.from(content).toString('hex')}`);
      for (const { facts } of items) {
        read += 1;
        if (facts.irregularities.length > 0) irregular += 1;
        if (facts.irregularities.length > 200) expect.unreachable('irregularities are bounded');
      }
    }
    expect(slowest).toBeLessThan(MOST_MILLISECONDS);
    // Of each some thousands in 100,000: the mutations reach what lies behind the frame.
    expect(read).toBeGreaterThan(COUNT / 20);
    expect(irregular).toBeGreaterThan(COUNT / 50);
  });

  test.each<[string, Uint8Array]>([
    ['nested a million deep', Buffer.from('3080'.repeat(500_000), 'hex')],
    ['nested in definite lengths', nest(20_000)],
    ['a long integer', madeUpCertificate({ serial: Buffer.concat([hex('02830dbba0'), hex('7f'), Buffer.alloc(899_999, 0xff)]) })],
    ['a negative long integer', madeUpCertificate({ serial: Buffer.concat([hex('02830dbba0'), hex('80'), Buffer.alloc(899_999)]) })],
    [
      'a long object identifier',
      madeUpCertificate({ extensions: [extension('2.5.29.37', sequence(Buffer.concat([hex('06830c3500'), Buffer.alloc(800_000, 0xff)])))] }),
    ],
    ['many empty names', madeUpCertificate({ extensions: [extension('2.5.29.17', sequence(Buffer.from('8200'.repeat(400_000), 'hex')))] })],
    [
      'many attributes in one set',
      madeUpCertificate({ subject: sequence(Buffer.concat([hex('31830b71b0'), Buffer.from('3008060355040a0c016100'.slice(0, 20).repeat(75_000), 'hex')])) }),
    ],
    ['many extensions', madeUpCertificate({ extensions: [Buffer.from('300906035504030402 0500'.replace(/ /g, '').repeat(80_000), 'hex')] })],
    ['many extensions in entries', manyEntries(20_000)],
    ['PEM that begins again and again', Buffer.from('-----BEGIN CERTIFICATE-----\n'.repeat(500_000))],
    ['PEM labels without an end', Buffer.from('-----BEGIN '.repeat(1_000_000))],
    ['text of hexadecimal digits', Buffer.from('30 '.repeat(5_000_000))],
    ['base64 of 15 million characters', Buffer.from(`MII${'A'.repeat(15_000_000)}`)],
    ['white space', Buffer.from(' '.repeat(10_000_000))],
    ['a header that never ends', Buffer.from(`-----BEGIN CERTIFICATE-----\n${'a'.repeat(5_000_000)}\n-----END CERTIFICATE-----`)],
  ])('%s', (_, content) => {
    const used = processorTime();
    const { items, observations } = readX509(content, 'hostile');
    expect(items.length + observations.length).toBeGreaterThan(0);
    expect(used()).toBeLessThan(5000);
  });
});

function nest(depth: number): Uint8Array {
  let size = 0;
  const heads: Buffer[] = [];
  for (let level = 0; level < depth; level += 1) {
    const head = Buffer.from(`3083${size.toString(16).padStart(6, '0')}`, 'hex');
    heads.unshift(head);
    size += head.length;
  }
  return Buffer.concat(heads);
}

function manyEntries(count: number): Uint8Array {
  return sequence(
    sequence(integer(1), SIGNATURE[0], ISSUER, utcTime('260101000000Z'), sequence(...Array.from({ length: count }, () => REVOKED))),
    ...SIGNATURE,
  );
}
