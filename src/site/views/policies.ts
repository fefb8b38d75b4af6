import { authorityPolicies } from '../../model/authority-policies.ts';
import { stateOf, type VersionSpan } from '../../model/in-force.ts';
import { type ProfileEdition, type ProfileHistory, type ProfileStep, readProfileHistory } from '../../model/profile-history.ts';
import { type ProfileRowWords, type ProfileWords, profileWords } from '../../model/profile-words.ts';
import { policiesOf } from '../../model/workspace.ts';
import { profilePath } from '../../publish/published-text.ts';
import { responsibilitiesPath } from '../assessor-pages.ts';
import type { Link } from '../page.ts';
import type { PoliciesPage, PolicyPage, PolicyProfile, PolicyVersion, ProfileChange, ProfilePhrase, ProfileRowChange } from '../policy-page.ts';
import { words } from '../words.ts';
import { authorityLinks, placeOfCertificate } from './certificates.ts';
import { pageBase, type SiteContext, versionPath } from './context.ts';
import { documentLink, policyRow } from './text.ts';
import { listedPolicies } from './trusted-lists.ts';

/** Every policy that any version lists, by its OID, with those versions. */
export function listPolicies(context: SiteContext): ReadonlyMap<string, readonly PolicyVersion[]> {
  const found = new Map<string, PolicyVersion[]>();
  for (const timeline of context.timelines.values()) {
    for (const span of timeline.spans) {
      for (const policy of policiesOf(context.workspace, span.entry)) {
        const version = { href: context.href(versionPath(span.entry)), label: span.entry.version };
        const row = {
          document: documentLink(context, timeline).title,
          version,
          state: stateOf(span, context.workspace.now),
          from: context.when(span.from),
          until: span.until && context.when(span.until),
          policy: policyRow(context, policy, version.href),
          profile: undefined,
        };
        found.set(policy.oid, [...(found.get(policy.oid) ?? []), row]);
      }
    }
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** `/policies/`: all of them, each as the texts in force say. */
export function policiesPage(context: SiteContext, policies: ReadonlyMap<string, readonly PolicyVersion[]>): PoliciesPage {
  const text = words(context.language);
  const rows = [...policies.values()].flatMap((versions) => {
    const current = versions.filter((row) => row.state === 'in-force');
    const [shown] = current.length > 0 ? current : versions.slice(-1);
    return shown
      ? [
          {
            ...shown.policy,
            documents: (current.length > 0 ? current : [shown]).map((row) => ({ href: row.version.href, label: `${row.document} ${row.version.label}` })),
            inForce: current.length > 0,
          },
        ]
      : [];
  });
  return { kind: 'policies', ...pageBase(context, '/policies/', text.policiesTitle, text.policiesTitle), policies: rows };
}

/** `/policies/<oid>/`: one policy through time. */
export function policyPage(context: SiteContext, oid: string, versions: readonly PolicyVersion[]): PolicyPage {
  const newest = versions.toSorted((a, b) => (a.from.instant < b.from.instant ? 1 : a.from.instant > b.from.instant ? -1 : 0));
  const name = (newest.find((row) => row.state === 'in-force') ?? newest[0])?.policy.name ?? oid;
  const history = readProfileHistory(context.workspace, oid);
  const anchors = nameProfiles(history);
  const profileOf = new Map(history.editions.flatMap((edition) => edition.spans.map((span) => [context.href(versionPath(span.entry)), edition] as const)));
  return {
    kind: 'policy',
    ...pageBase(context, `/policies/${oid}/`, name, `${name}, ${oid}.`),
    oid,
    name,
    lookup: `${context.frame.inForce}?policy=${oid}`,
    rows: newest.map((row) => {
      const edition = profileOf.get(row.version.href);
      return edition ? { ...row, profile: { href: `#${anchors.get(edition)}`, label: edition.profile.id } } : row;
    }),
    profiles: history.editions.map((edition) => profileEntry(context, edition, anchors.get(edition) ?? '')).reverse(),
    changes: history.steps.map((step) => profileChange(context, step)).reverse(),
    authorities: authorityLinks(context, (authority) => authorityPolicies(context.workspace, authority).includes(oid)),
    ...(context.workspace.audience === 'assessor' &&
      versions.some((row) => row.state === 'in-force' && row.policy.conformsTo !== undefined) && { responsibilities: context.href(responsibilitiesPath(oid)) }),
    listed: listedPolicies(context, oid, (sha256) => placeOfCertificate(context, sha256)),
  };
}

/** Each profile has the name of the version that first stated it, so that its address stays: `profile-cp-2.0`. */
function nameProfiles({ editions }: ProfileHistory): ReadonlyMap<ProfileEdition, string> {
  return new Map(editions.map((edition) => [edition, `profile-${edition.spans[0]?.entry.document}-${edition.spans[0]?.entry.version}`]));
}

const versionLink = (context: SiteContext, { entry }: VersionSpan): Link => ({
  href: context.href(versionPath(entry)),
  label: `${entry.document.toUpperCase()} ${entry.version}`,
});

function profileEntry(context: SiteContext, { profile, spans }: ProfileEdition, anchor: string): PolicyProfile {
  const versions = spans.map((span) => ({
    version: versionLink(context, span),
    state: stateOf(span, context.workspace.now),
    from: context.when(span.from),
    until: span.until && context.when(span.until),
  }));
  return {
    anchor,
    file: { href: spans[0] ? context.href(profilePath(spans[0].entry, profile.id)) : '', label: `${profile.id}.yaml` },
    name: nameVersions(spans),
    words: profileWords(profile, context.language),
    issuers: profile.issuers,
    versions,
    inForce: versions.some(({ state }) => state === 'in-force'),
  };
}

/** Versions in short, by document: `CP 2.0, 2.1; CPS 2.0`. */
function nameVersions(spans: readonly VersionSpan[]): string {
  const byDocument = Map.groupBy(spans, ({ entry }) => entry.document.toUpperCase());
  return [...byDocument].map(([document, own]) => `${document} ${own.map(({ entry }) => entry.version).join(', ')}`).join('; ');
}

function profileChange(context: SiteContext, { before, after, steps }: ProfileStep): ProfileChange {
  const [old, now] = [profileWords(before.profile, context.language), profileWords(after.profile, context.language)];
  const said = [sentencesOf(context, before, old), sentencesOf(context, after, now)] as const;
  return {
    versions: steps.map(({ from, to }) => ({ from: versionLink(context, from), to: versionLink(context, to), at: context.when(to.from) })),
    rows: compareRows(old, now),
    removed: said[0].filter((sentence) => !said[1].includes(sentence)),
    added: said[1].filter((sentence) => !said[0].includes(sentence)),
  };
}

/** What a profile says beside its rows. */
function sentencesOf({ language }: SiteContext, { profile }: ProfileEdition, { title, remarks }: ProfileWords): readonly string[] {
  return [title, ...remarks, ...(profile.issuers.length > 0 ? [words(language).issuedBy(profile.issuers.join(', '))] : [])];
}

/** By the rows' stable names: those that were changed or added in the order of the newer profile, then those that are gone. */
function compareRows(before: ProfileWords, after: ProfileWords): readonly ProfileRowChange[] {
  const old = new Map(before.rows.map((row) => [row.id, row]));
  const kept = new Set(after.rows.map(({ id }) => id));
  const head = ({ id, name, field }: ProfileRowWords) => ({ id, name, field });
  return [
    ...after.rows.flatMap((row): ProfileRowChange[] => {
      const was = old.get(row.id);
      if (!was) return [{ ...head(row), kind: 'added', after: row }];
      const cells = compareCells(was, row, after.head);
      return cells.length > 0 ? [{ ...head(row), kind: 'changed', cells }] : [];
    }),
    ...before.rows.filter(({ id }) => !kept.has(id)).map((row): ProfileRowChange => ({ ...head(row), kind: 'removed', before: row })),
  ];
}

function compareCells(before: ProfileRowWords, after: ProfileRowWords, head: ProfileWords['head']) {
  const said = (text: string): readonly ProfilePhrase[] => (text === '' ? [] : [{ text, code: false }]);
  const cells = [
    { head: head.field, before: [{ text: before.field, code: true }], after: [{ text: after.field, code: true }] },
    { head: head.presence, before: said(before.presence), after: said(after.presence) },
    { head: head.critical, before: said(before.critical), after: said(after.critical) },
    { head: head.value, before: saidOf(before), after: saidOf(after) },
    { head: head.section, before: said(before.section), after: said(after.section) },
  ];
  return cells.filter((cell) => JSON.stringify(cell.before) !== JSON.stringify(cell.after));
}

/** The value, and the note on it. */
const saidOf = ({ value, note }: ProfileRowWords): readonly ProfilePhrase[] =>
  note === '' ? value : [...value, { text: value.length > 0 ? `. ${note}` : note, code: false }];
