import { X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { readHierarchy } from '../../src/model/ca-hierarchy.ts';
import type { Instant } from '../../src/model/time.ts';
import { certificateNames, writePem } from '../../src/publish/certificate-files.ts';
import { drawValidity } from '../../src/publish/validity-axis.ts';
import { deploy, makeCa, makeCaCrl } from '../helpers/authorities.ts';

const at = (text: string) => text as Instant;
const namesOf = (files: Parameters<typeof deploy>[0]) =>
  [...certificateNames(readHierarchy(deploy(files))).values()].map((name) => name.replace(/[0-9a-f]{16}$/, '<digest>'));

test('a certificate has the name of its file; DER and PEM of one certificate are one', () => {
  const root = makeCa('Root');
  expect(namesOf({ 'ca/Root CA (2026).der': root, 'ca/Root CA (2026).pem': root, 'crl/root-ca-2026.crl': makeCaCrl('Root', '2026-03-01T00:00:00Z') })).toEqual([
    'root-ca-2026',
    'root-ca-2026',
  ]);
});

test('where two would have one name, or that of a part of the page, the digest tells them apart, and the first keeps its own', () => {
  expect(namesOf({ 'a/ca.der': makeCa('A'), 'b/CA.der': makeCa('B'), 'content.der': makeCa('C') }).sort()).toEqual(['ca', 'ca-<digest>', 'content-<digest>']);
});

test('certificates of one CA share its list, which has one name', () => {
  const crossed = { 'a.der': makeCa('A'), 'a-by-b.der': makeCa('A', { issuer: 'B' }), 'a.crl': makeCaCrl('A', '2026-03-01T00:00:00Z') };
  expect(namesOf(crossed).sort()).toEqual(['a', 'a', 'a-by-b']);
});

test('the PEM is the certificate', () => {
  const der = makeCa('Root');
  expect(Buffer.from(new X509Certificate(writePem({ der })).raw).equals(Buffer.from(der))).toBe(true);
});

test('validity is drawn to scale, in percent, with names escaped and few enough years for a phone', () => {
  const bar = { href: '#a', title: 'A: valid', revoked: undefined };
  const drawing = drawValidity(
    [
      { ...bar, label: 'A <&>', from: at('2020-01-01T00:00:00Z'), until: at('2040-01-01T00:00:00Z') },
      { ...bar, label: 'B', from: at('2030-01-01T00:00:00Z'), until: undefined },
      { ...bar, label: 'C', from: at('2020-01-01T00:00:00Z'), until: at('2040-01-01T00:00:00Z'), revoked: at('2030-07-02T00:00:00Z') },
    ],
    'Validity',
  );
  expect(drawing).toMatch(/>A &(?:lt|#60);&(?:amp|#38);&(?:gt|#62);</);
  const bars = [...drawing.matchAll(/<rect class="([a-z ]+)" x="([\d.]+)%" y="\d+" width="([\d.]+)%"/g)].map(([, name, x, width]) => [
    name,
    Number(x),
    Number(width),
  ]);
  expect(bars).toEqual([
    ['valid', 0, 95.23],
    ['valid open', 47.62, 52.38],
    ['revoked', 49.99, 45.24],
    ['valid', 0, 49.99],
  ]);
  expect([...drawing.matchAll(/class="year"[^>]*>(\d+)</g)].map(([, year]) => year)).toEqual(['2020', '2025', '2030', '2035', '2040']);
  expect(drawing).not.toMatch(/style=|fill=|stroke=/);
});

test('without certificates there is no drawing', () => {
  expect(drawValidity([], 'Validity')).toBe('');
});
