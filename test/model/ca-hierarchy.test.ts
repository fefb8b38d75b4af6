import { describe, expect, test } from 'vitest';
import { type Authority, addressesOf, caName, caValidity, crlNumber, issuedPolicies, listAuthorities, readHierarchy } from '../../src/model/ca-hierarchy.ts';
import { caSerial, deploy, makeCa, makeCaCrl, makeLeaf } from '../helpers/authorities.ts';

const POLICY = '1.3.6.1.4.1.99999.1.2.1';

/** Names with those below them: `Root(A(B), C)`. */
const draw = (authorities: readonly Authority[]): string =>
  authorities.map(({ certificate, subordinates }) => `${caName(certificate)}${subordinates.length > 0 ? `(${draw(subordinates)})` : ''}`).join(', ');

describe('CA certificates stand under those that issued them', () => {
  test('in the order of their beginnings, each once, whatever the order and number of files', () => {
    const [a, b, root] = [makeCa('A', { issuer: 'Root', notBefore: '2027-01-01T00:00:00Z' }), makeCa('B', { issuer: 'Root' }), makeCa('Root')];
    const { roots } = readHierarchy(deploy({ 'a.der': a, 'b.der': b, 'root.der': root, 'root-again.der': root, 'x.der': makeCa('X', { issuer: 'A' }) }));
    expect(draw(roots)).toBe('Root(B, A(X))');
    expect(roots[0]?.selfSigned).toBe(true);
  });

  test('one whose issuer is not here, or whose signature does not verify, stands under nobody', () => {
    const { roots } = readHierarchy(
      deploy({ 'a.der': makeCa('A', { issuer: 'Elsewhere' }), 'b.der': makeCa('B', { issuer: 'Root', broken: true }), 'r.der': makeCa('Root') }),
    );
    expect(draw(roots)).toBe('A, B, Root');
    expect(roots.map(({ selfSigned }) => selfSigned)).toEqual([false, false, true]);
  });

  test('CAs that certified one another have an end, with a root of their own or without', () => {
    const crossed = { 'a.der': makeCa('A', { issuer: 'B' }), 'b.der': makeCa('B', { issuer: 'A', notBefore: '2026-02-01T00:00:00Z' }) };
    expect(draw(readHierarchy(deploy(crossed)).roots)).toBe('A(B)');
    const withRoot = readHierarchy(deploy({ ...crossed, 'self.der': makeCa('B') }));
    expect(listAuthorities(withRoot.roots)).toHaveLength(3);
  });
});

describe('what a CA issued', () => {
  const root = makeCa('Root');
  const files = { 'a.der': makeCa('A', { issuer: 'Root' }), 'cross.der': makeCa('A', { issuer: 'B' }), 'root.der': root, 'leaf.der': makeLeaf('A', POLICY) };

  test('belongs to each of its certificates', () => {
    const authorities = listAuthorities(readHierarchy(deploy(files)).roots).filter(({ certificate }) => caName(certificate) === 'A');
    expect(authorities.map(issuedPolicies)).toEqual([
      [POLICY, '0.4.0.194112.1.2'],
      [POLICY, '0.4.0.194112.1.2'],
    ]);
  });

  test('names where status and issuer are found', () => {
    const [authority] = readHierarchy(deploy(files)).roots.filter(({ certificate }) => caName(certificate) === 'Root');
    expect(authority && addressesOf(authority)).toEqual({
      crl: ['http://crl.example/Root.crl'],
      ocsp: ['http://ocsp.example/'],
      caIssuers: ['http://crt.example/Root.cer'],
    });
  });

  test('CRLs stand newest first, and apart where the CA is not here', () => {
    const lists = {
      'old.crl': makeCaCrl('Root', '2026-03-01T00:00:00Z'),
      'new.crl': makeCaCrl('Root', '2026-04-01T00:00:00Z', { number: 2 }),
      'other.crl': makeCaCrl('B', '2026-03-01T00:00:00Z'),
    };
    const { roots, strayCrls } = readHierarchy(deploy({ 'root.der': root, ...lists }));
    expect(roots[0]?.crls.map(crlNumber)).toEqual(['2', '1']);
    expect(strayCrls.map(({ place }) => place.file)).toEqual(['content/certificates/other.crl']);
  });
});

describe('validity', () => {
  const validityOf = (files: Parameters<typeof deploy>[0]) => {
    const [root] = readHierarchy(deploy({ 'root.der': makeCa('Root'), ...files })).roots;
    const [below] = root?.subordinates ?? [];
    return below && caValidity(below, root);
  };

  test('ends after its last second', () => {
    expect(validityOf({ 'a.der': makeCa('A', { issuer: 'Root' }) })).toEqual({
      from: '2026-01-01T00:00:00Z',
      last: '2035-12-31T23:59:59Z',
      until: '2036-01-01T00:00:00Z',
      revoked: undefined,
    });
  });

  test('has no end where none is defined', () => {
    expect(validityOf({ 'a.der': makeCa('A', { issuer: 'Root', notAfter: '9999-12-31T23:59:59Z' }) })?.until).toBeUndefined();
  });

  test('ends by a revocation that the newest CRL of the issuer names', () => {
    const revoked = [{ serial: caSerial('A', 'Root'), at: '2026-05-01T12:00:00Z', reason: 'cessationOfOperation' }] as const;
    const files = { 'a.der': makeCa('A', { issuer: 'Root' }), 'old.crl': makeCaCrl('Root', '2026-03-01T00:00:00Z') };
    expect(validityOf(files)?.revoked).toBeUndefined();
    expect(validityOf({ ...files, 'new.crl': makeCaCrl('Root', '2026-06-01T00:00:00Z', { revoked }) })?.revoked).toEqual({
      at: '2026-05-01T12:00:00Z',
      reason: 'cessationOfOperation',
    });
    // A CRL of another CA with the same number says nothing of it.
    expect(validityOf({ ...files, 'b.der': makeCa('B'), 'b.crl': makeCaCrl('B', '2026-06-01T00:00:00Z', { revoked }) })?.revoked).toBeUndefined();
  });
});
