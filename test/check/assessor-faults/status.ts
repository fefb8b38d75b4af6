import { type AssessorFault, changed, replaced } from './bench.ts';

const CRL = 'content/evidence/status/2026-10-crl.csv';
const OCSP = 'content/evidence/status/2026-10-ocsp.csv';
const CA_1 = 'http://crl.ets.example/ets-qualified-ca-1.crl';
const WITHIN = 'evidence/status-within-periods';
const VALID = 'evidence/measurements-valid';
const EXPIRY = 'evidence/expiry-behaviour-agrees';

const shift = (instant: string, hours: number) => `${new Date(Date.parse(instant) + hours * 3_600_000).toISOString().slice(0, 19)}Z`;

/** Lines of an export that others take the place of; a line that becomes undefined is taken away. */
function rewritten(file: string, change: (cells: string[], line: string) => string[] | undefined): AssessorFault['find'] {
  return changed(file, (text) => {
    const [head = '', ...lines] = text.trimEnd().split('\n');
    const result = lines.flatMap((line) => change(line.split(','), line)?.join(',') ?? []);
    if (result.join() === lines.join()) throw new Error(`Nothing changes in ${file}.`);
    return `${[head, ...result].join('\n')}\n`;
  });
}

const between = (at: string | undefined, from: string, to: string) => at !== undefined && at >= from && at < to;
const fail = ([at = '', service = '', url = '']: string[]) => [at, service, url, 'false', '', '', ''];

export const statusFaults: readonly AssessorFault[] = [
  {
    kind: 'OCSP not available for the promised part of the month',
    find: rewritten(OCSP, (cells) => (between(cells[0], '2026-10-20T02:00:00Z', '2026-10-20T07:00:00Z') ? fail(cells) : cells)),
    expected: { rule: WITHIN, file: OCSP, words: '2026-10-20T02:00:10Z,ocsp,http://ocsp.ets.example/,false' },
  },
  {
    kind: 'an outage of a CRL address that lasts longer than a day',
    find: rewritten(CRL, (cells) => (cells[2] === CA_1 && between(cells[0], '2026-10-20T02:00:00Z', '2026-10-21T07:00:00Z') ? fail(cells) : cells)),
    expected: { rule: WITHIN, file: CRL, words: `2026-10-20T02:00:20Z,crl,${CA_1},false` },
  },
  {
    kind: 'a day and a half without measurements',
    find: rewritten(OCSP, (cells) => (between(cells[0], '2026-10-08T00:00:00Z', '2026-10-09T12:00:00Z') ? undefined : cells)),
    expected: { rule: WITHIN, file: OCSP, words: '2026-10-07T23:55:10Z' },
  },
  {
    kind: 'measurements that end two days before the month does',
    find: rewritten(OCSP, (cells) => (between(cells[0], '2026-10-29T22:00:00Z', '2026-11-01T00:00:00Z') ? undefined : cells)),
    expected: { rule: WITHIN, file: OCSP, words: '2026-10-29T21:55:10Z' },
  },
  {
    kind: 'CRLs valid for longer than the CP and CPS state',
    find: rewritten(CRL, ([at = '', service = '', url = '', ok = '', thisUpdate = '', nextUpdate = '', ...rest]) => [
      ...[at, service, url, ok, thisUpdate],
      url === CA_1 && ok === 'true' && at >= '2026-10-22T06:30' ? shift(nextUpdate, 6) : nextUpdate,
      ...rest,
    ]),
    expected: { rule: WITHIN, file: CRL, words: `2026-10-22T06:30:20Z,crl,${CA_1}` },
  },
  {
    kind: 'a CRL served after its nextUpdate',
    find: rewritten(CRL, (cells) => (cells[2] === CA_1 && between(cells[0], '2026-10-27T18:30:00Z', '2026-10-29T00:00:00Z') ? stay(cells) : cells)),
    expected: { rule: WITHIN, file: CRL, words: `2026-10-28T18:00:20Z,crl,${CA_1}` },
  },
  {
    kind: 'no new CRL within 12 hours',
    find: rewritten(CRL, (cells) => (cells[2] === CA_1 && between(cells[0], '2026-10-27T18:30:00Z', '2026-10-28T10:00:00Z') ? stay(cells) : cells)),
    expected: { rule: WITHIN, file: CRL, words: `2026-10-28T06:30:20Z,crl,${CA_1}` },
  },
  {
    kind: 'a CRL published later than ten minutes after its signature',
    find: rewritten(CRL, (cells) =>
      cells[2] === CA_1 && cells[0] === '2026-10-27T18:30:20Z' ? [...cells.slice(0, 4), '2026-10-27T06:00:00Z', '2026-10-28T06:00:00Z', '20'] : cells,
    ),
    expected: { rule: WITHIN, file: CRL, words: `2026-10-27T18:30:20Z,crl,${CA_1}` },
  },
  {
    kind: 'a CRL replaced by an older one',
    find: rewritten(CRL, (cells) =>
      cells[2] === CA_1 && cells[0] === '2026-10-27T19:30:20Z' ? [...cells.slice(0, 4), '2026-10-27T06:00:00Z', '2026-10-28T06:00:00Z', '20'] : cells,
    ),
    expected: { rule: WITHIN, file: CRL, words: `2026-10-27T19:30:20Z,crl,${CA_1}` },
  },
  {
    kind: 'OCSP responses valid for longer than 8 hours',
    find: rewritten(OCSP, ([at = '', service = '', url = '', ok = '', thisUpdate = '', nextUpdate = '', ...rest]) => [
      ...[at, service, url, ok, thisUpdate],
      ok === 'true' && between(at, '2026-10-12T08:00:00Z', '2026-10-12T09:00:00Z') ? shift(nextUpdate, 16) : nextUpdate,
      ...rest,
    ]),
    expected: { rule: WITHIN, file: OCSP, words: '2026-10-12T08:00:10Z' },
  },
  {
    kind: 'OCSP answering too slowly',
    find: rewritten(OCSP, (cells) =>
      cells[3] === 'true' && between(cells[0], '2026-10-10T00:00:00Z', '2026-10-12T00:00:00Z') ? [...cells.slice(0, 6), '2400'] : cells,
    ),
    expected: { rule: WITHIN, file: OCSP, words: '2026-10-02T02:05:10Z' },
  },
  {
    kind: 'an address measured that no certificate names',
    find: rewritten(OCSP, (cells) => cells.map((cell) => cell.replace('ocsp.ets.example', 'status.ets.example'))),
    expected: { rule: WITHIN, file: OCSP, words: '2026-09-30T22:00:10Z,ocsp,http://status.ets.example/' },
  },
  {
    kind: 'an address of certificates that nobody measured',
    find: rewritten(CRL, (cells) => (cells[2]?.includes('web-ca') ? undefined : cells)),
    expected: { rule: WITHIN, file: 'content/certificates/samples/website-2026.pem' },
  },
  {
    kind: 'a line of measurements cut off',
    find: replaced(OCSP, '2026-10-05T07:00:10Z,ocsp,http://ocsp.ets.example/,true', '2026-10-05T07:00:10Z,ocsp'),
    expected: { rule: VALID, file: OCSP, words: '2026-10-05T07:00:10Z,ocsp,' },
  },
  {
    kind: 'an instant of the measurements without a zone',
    find: replaced(CRL, '2026-10-05T07:00:20Z,crl', '2026-10-05 07:00,crl'),
    expected: { rule: VALID, file: CRL, words: '2026-10-05 07:00,crl' },
  },
  {
    kind: 'a measurement of the future',
    find: replaced(CRL, '2026-10-05T07:00:20Z,crl', '2027-10-05T07:00:20Z,crl'),
    expected: { rule: VALID, file: CRL, words: '2027-10-05T07:00:20Z,crl' },
  },
  {
    kind: 'a measurement that stands there twice',
    find: changed(OCSP, (text) => text.replace(/^(2026-10-05T07:00:10Z.*)$/m, '$1\n$1')),
    expected: { rule: VALID, file: OCSP, words: '2026-10-05T07:00:10Z' },
  },
  {
    kind: 'measurements without their line of titles',
    find: replaced(CRL, /^at,service.*\n/, ''),
    expected: { rule: VALID, file: CRL, words: '2026-09-30T22:00:20Z' },
  },
  {
    kind: 'the practice on the archive cutoff contradicts profile, text and responses',
    find: replaced('cartulary.yaml', 'archiveCutoff: true', 'archiveCutoff: false'),
    expected: { rule: EXPIRY, file: 'content/profiles/ocsp-response.yaml', words: 'singleExtensions.archiveCutoff' },
  },
  {
    kind: 'a profile of CRLs without expiredCertsOnCRL',
    find: replaced('content/profiles/crl.yaml', / {2}- id: expired-certificates\n(?: {4}.*\n)+/, ''),
    expected: { rule: EXPIRY, file: 'content/profiles/crl.yaml' },
  },
  {
    kind: 'a CPS that says that CRLs drop expired certificates',
    find: replaced(
      'policies/cps.md',
      'revoked certificates stay listed; extension expiredCertsOnCRL',
      'expired certificates are removed from the CRL; expiredCertsOnCRL is not used',
    ),
    expected: { rule: EXPIRY, file: 'policies/cps.md', words: 'certificate expired' },
  },
];

/** The CRL of the evening before, still served. */
const stay = (cells: string[]) => (cells[3] === 'true' ? [...cells.slice(0, 4), '2026-10-27T18:00:00Z', '2026-10-28T18:00:00Z', ...cells.slice(6)] : cells);
