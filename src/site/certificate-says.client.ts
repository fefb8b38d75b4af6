/** What a certificate says of itself, in plain words and as a list. */
import { findExtension } from '../model/certificate-extension.ts';
import type { NamedPolicy } from '../model/governing.ts';
import { localTime } from '../model/time.ts';
import type { CertificateAnswer } from './certificate-lookup.ts';
import type { Showing } from './certificate-showing.ts';
import { describeKind, describeNotes, describePolicy } from './governing-words.ts';
import { makeElement } from './make-element.ts';

/** A section with what the certificate says. */
export function describeSays({ facts, governing }: CertificateAnswer, showing: Showing): HTMLElement[] {
  const { text, telling } = showing;
  const { says, at, policies } = governing;
  const { show, zone, words } = telling;
  const [from, until] = [says.notBefore, says.notAfter].map((instant) => (instant ? localTime(instant, zone) : words.unreadableTime));
  const rows: [term: string, ...values: (Node | string)[]][] = [
    ...(at ? [[text.issuedAt, text.instant(localTime(at, zone), zone)] as [string, string]] : []),
    [text.subject, show(says.subject || words.nobody)],
    [text.issuer, show(says.issuer || words.nobody)],
    [text.valid, text.period(from ?? '', until ?? '')],
    [text.serial, makeElement('code', {}, show(says.serialNumber))],
    [text.policies, policies.length > 0 ? listPolicies(policies, showing) : text.none],
    ...addressesOf(facts).map((address) => [text.practice, makeElement('code', {}, show(address))] as [string, Node]),
  ];
  const sentences = [`${describeKind(says, telling)}.`, ...describeNotes(says, telling)];
  const list = makeElement(
    'dl',
    {},
    ...rows.map(([term, ...values]) => makeElement('div', {}, makeElement('dt', {}, term), makeElement('dd', { dir: 'auto' }, ...values))),
  );
  return [makeElement('section', { class: 'facts' }, makeElement('h3', {}, text.says), makeElement('p', {}, sentences.join(' ')), list)];
}

function listPolicies(policies: readonly NamedPolicy[], { base, telling }: Showing): HTMLElement {
  const items = policies.map((policy) => {
    const oid = makeElement('code', {}, telling.show(policy.oid));
    const name = policy.origin === 'own' ? makeElement('a', { href: `${base}policies/${policy.oid}/` }, oid) : oid;
    return makeElement('li', {}, name, ` ${describePolicy(policy, telling)}`);
  });
  return makeElement('ul', { class: 'plain' }, ...items);
}

/** Where its issuer says that its practice statement is. Shown and not linked: whoever made the certificate chose it. */
function addressesOf(facts: CertificateAnswer['facts']): string[] {
  const policies = findExtension(facts, 'certificatePolicies')?.value?.policies ?? [];
  return [...new Set(policies.flatMap(({ qualifiers }) => qualifiers.flatMap((qualifier) => (qualifier.kind === 'cps' ? qualifier.uri : []))))].slice(0, 5);
}
