import { beforeAll, describe, expect, test } from 'vitest';
import { findEntry } from '../../src/model/service-entry.ts';
import { authenticLists, policyVersions, promiseOf, proveServices, type ServiceProof } from '../../src/model/service-proof.ts';
import { toInstant } from '../../src/model/time.ts';
import type { Workspace } from '../../src/model/workspace.ts';
import { openWorkspace } from '../../src/read/workspace.ts';

const now = toInstant(new Date('2026-11-23T12:00:00Z'));
const CARD = '1.3.6.1.4.1.99999.1.2.1';
const policy = { oid: '1.2.3', name: 'A policy' };

let workspace: Workspace;
let proofs: readonly ServiceProof[];
beforeAll(async () => {
  workspace = (await openWorkspace(new URL('../../', import.meta.url), { now, purpose: 'check' })).workspace;
  proofs = proveServices(workspace);
});

/** Of each version its number and when certificates could first be issued under it. */
const issued = (id: string, oid: string) =>
  proofs
    .find(({ service }) => service.id === id)
    ?.policies.find((one) => one.oid === oid)
    ?.proofs.map((proof) => [proof.version.span.entry.version, proof.issued]);

describe('the example', () => {
  test('is proved from the first version on, and at the first instant of each', () => {
    const [first, second] = issued('signatures-and-seals', CARD) ?? [];
    expect([first, second]).toEqual([
      ['1.0', '2023-02-28T23:00:00Z'],
      ['1.1', '2024-01-31T23:00:00Z'],
    ]);
  });

  test('says nothing of versions that were over when a service was listed, and begins with its listing in the version in force', () => {
    expect(issued('signatures-and-seals-successor', CARD)?.[0]).toEqual(['2.1', '2026-11-16T08:00:00Z']);
  });

  test('confirms all that the texts promise', () => {
    for (const { answer, version } of proofs.flatMap(({ policies }) => policies.flatMap((one) => one.proofs))) {
      const { use, qscd } = promiseOf(version.policy);
      expect([answer.confirmed, answer.qscd]).toEqual([use, qscd === undefined ? undefined : qscd ? 'yes' : 'no']);
      expect(version.profile).toBeDefined();
    }
    expect(proofs.flatMap(({ policies }) => policies.flatMap((one) => one.proofs)).length).toBeGreaterThan(20);
  });

  test('has a proof more for each state that begins while a version is in force, and none for states to come', () => {
    const { trustedLists } = workspace;
    if (!trustedLists) throw new Error('The example has lists.');
    const starts = ['2027-06-01T08:00:00Z', '2024-06-01T08:00:00Z', '2023-02-27T08:00:00Z'];
    const lists = trustedLists.lists.map((one) => {
      if (!one.authentication.authenticated) return one;
      const { list } = one.authentication;
      const providers = list.providers.map((provider) => ({
        ...provider,
        services: provider.services.map((service) => ({ ...service, states: starts.map((start) => ({ ...service.states[0], start })) as never })),
      }));
      return { ...one, authentication: { ...one.authentication, list: { ...list, providers } } };
    });
    const [first] = proveServices({ ...workspace, trustedLists: { ...trustedLists, lists } });
    const found = first?.policies[0]?.proofs.map((proof) => [proof.version.span.entry.version, proof.issued]);
    expect(found?.slice(0, 3)).toEqual([
      ['1.0', '2023-02-28T23:00:00Z'],
      ['1.1', '2024-01-31T23:00:00Z'],
      ['1.1', '2024-06-01T08:00:00Z'],
    ]);
    expect(found?.some(([, at]) => at === starts[0])).toBe(false);
  });
});

test('of two entries with one certificate that is found which has the declared uses', () => {
  const { trustedLists, services } = workspace;
  const [declared] = services?.services ?? [];
  const [at] = trustedLists ? authenticLists(trustedLists) : [];
  const [provider] = at?.list.providers ?? [];
  const [service] = provider?.services ?? [];
  if (!declared || !at || !provider || !service) throw new Error('The example has services and lists.');
  const split = ['ForeSignatures', 'ForeSeals'].map((use) => ({ ...service, states: service.states.map((state) => ({ ...state, uses: [use] })) }));
  const lists = [{ ...at, list: { ...at.list, providers: [{ ...provider, services: split }] } }];
  const usesOf = (uses: readonly string[]) => findEntry(lists, { ...declared.entry, uses }, now).entry?.service.states[0]?.uses;
  expect([usesOf(['ForeSeals']), usesOf(['ForeSignatures']), usesOf([])]).toEqual([['ForeSeals'], ['ForeSignatures'], ['ForeSignatures']]);
});

test('the versions of a policy are those of CPs, oldest first', () => {
  const versions = policyVersions(workspace)(CARD);
  expect(new Set(versions.map(({ span }) => span.entry.document))).toEqual(new Set(['cp']));
  expect(versions.map(({ span }) => span.from)).toEqual(versions.map(({ span }) => span.from).toSorted());
  expect(policyVersions(workspace)('1.2.3')).toEqual([]);
});

describe('front matter promises', () => {
  const qualified = { statement: '1.1' };
  test.each([
    ['nothing without a statement', { ...policy, conformsTo: 'QCP-n-qscd' }, 'none', undefined],
    ['something unknown without a policy of ETSI', { ...policy, qualified }, undefined, undefined],
    ['a device by the policy of ETSI', { ...policy, conformsTo: 'QCP-l-qscd', qualified }, 'eseal', true],
    ['a device in so many words', { ...policy, conformsTo: 'QCP-n', qualified, qscd: { required: true } }, 'esig', true],
    ['nothing of a device where it does not speak of one', { ...policy, conformsTo: 'QCP-n', qualified }, 'esig', undefined],
    ['no device for websites', { ...policy, conformsTo: 'QNCP-w', qualified, qscd: { required: false } }, 'web', undefined],
  ] as const)('%s', (_, declared, use, qscd) => {
    expect(promiseOf(declared)).toMatchObject({ use, qscd });
  });
});
