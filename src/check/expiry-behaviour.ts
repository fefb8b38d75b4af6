import { findExtension } from '../model/certificate-extension.ts';
import { deployedOf } from '../model/deployed.ts';
import type { PolicyDocument } from '../model/document.ts';
import type { Place } from '../model/finding.ts';
import type { PracticeName } from '../model/practice.ts';
import type { PracticeStatement } from '../model/statement.ts';
import type { Instant } from '../model/time.ts';
import type { DeclaredProfile, Workspace } from '../model/workspace.ts';
import { commonName, listCas, readPractice } from './deployed-cas.ts';
import { readPractice as readPracticeStatement } from './rules/completeness/practices-agree.ts';
import { locate, readStatementsOf } from './statements.ts';

/** Whether CRLs keep revoked certificates that have expired, and whether OCSP responses bear the archive cutoff. */
export type ExpiryExtension = 'expiredCertsOnCRL' | 'archiveCutoff';

/** One place that says how certificates are treated that have expired. */
export interface ExpiryPlace {
  source: 'practice' | 'text' | 'profile' | 'sample';
  /** What it is, in a sentence: `the practice expiredCertsOnCrl`, `section 4.10.1 of cps`. */
  name: string;
  at: Place;
  /** Whether the extension is there. */
  holds: boolean;
  /** What stands there. */
  seen: string;
  /** Of a sample: the CA, and from when on its status is kept. */
  authority?: string;
  since?: Instant | undefined;
}

/** One row: every place that speaks of it, in the order of the sources. */
export interface ExpiryRow {
  extension: ExpiryExtension;
  service: 'crl' | 'ocsp';
  practice: PracticeName;
  places: readonly ExpiryPlace[];
}

/** A text of the work tree, or a version, which has a name of its own. */
type SpeakingText = PolicyDocument & { name?: string };

const ROWS = [
  { extension: 'expiredCertsOnCRL', service: 'crl', practice: 'expiredCertsOnCrl', kind: 'crl', field: 'extensions.expiredCertsOnCRL' },
  { extension: 'archiveCutoff', service: 'ocsp', practice: 'archiveCutoff', kind: 'ocsp-response', field: 'singleExtensions.archiveCutoff' },
] as const;
type Row = (typeof ROWS)[number];

/** What practices, some texts and profiles, and the samples say of certificates that have expired. Of CAs that issue for CAs nothing is asked. */
export function readExpiryBehaviour(workspace: Workspace, texts: readonly SpeakingText[], profiles: readonly DeclaredProfile[]): readonly ExpiryRow[] {
  return ROWS.map((row) => ({
    extension: row.extension,
    service: row.service,
    practice: row.practice,
    places: [
      ...practicePlaces(workspace, row),
      ...texts.flatMap((text) => textPlaces(workspace, text, row)),
      ...profiles.flatMap((profile) => profilePlaces(workspace, profile, row)),
      ...(row.service === 'crl' ? crlPlaces(workspace) : ocspPlaces(workspace)),
    ],
  }));
}

/** The place by which the others are judged, and those that differ from it. */
export function compareExpiry({ places }: ExpiryRow): { reference: ExpiryPlace | undefined; different: readonly ExpiryPlace[] } {
  const [reference] = places;
  return { reference, different: places.filter(({ holds }) => holds !== reference?.holds) };
}

function practicePlaces(workspace: Workspace, { practice }: Row): ExpiryPlace[] {
  const holds = readPractice(workspace, practice);
  const path = `practices.${practice}`;
  const start = workspace.configFields[path];
  if (holds === undefined) return [];
  return [
    {
      source: 'practice',
      name: `the practice ${practice}`,
      at: { file: 'cartulary.yaml', path, ...(start && { start }) },
      holds,
      seen: `${practice}: ${holds}`,
    },
  ];
}

function textPlaces(workspace: Workspace, text: SpeakingText, { practice }: Row): ExpiryPlace[] {
  const reader = readStatementsOf(text, workspace);
  const statements = workspace.statements.practices.filter((statement: PracticeStatement) => statement.practice === practice);
  const said = statements.flatMap((statement) =>
    (reader?.assertions ?? []).flatMap((assertion) => (reader && readPracticeStatement(statement, reader, assertion)) ?? []),
  );
  return said.map(({ says, said: found }) => {
    const { seen, at } = locate(found);
    return { source: 'text', name: `section ${found.assertion.section.number} of ${text.name ?? text.id}`, at, holds: says, seen };
  });
}

function profilePlaces(workspace: Workspace, profile: DeclaredProfile, { kind, field }: Row): ExpiryPlace[] {
  if (profile.kind !== kind) return [];
  const forCas = new Set(listCas(workspace).flatMap(({ name, isForCas }) => (isForCas ? [name] : [])));
  if (profile.issuers.length > 0 && profile.issuers.every((name) => forCas.has(name))) return [];
  const index = profile.rows.findIndex((row) => row.field === field);
  const presence = profile.rows[index]?.presence ?? 'forbidden';
  // What a profile leaves open differs from nothing.
  if (presence === 'optional') return [];
  const start = profile.fields[`rows.${index}.field`] ?? profile.fields['rows'];
  const seen = index < 0 ? `no row for ${field}` : `${field}, ${presence}`;
  return [{ source: 'profile', name: `the profile ${profile.id}`, at: { file: profile.file, ...(start && { start }) }, holds: presence === 'required', seen }];
}

/** The newest CRL of each CA that issues for subscribers. */
function crlPlaces(workspace: Workspace): ExpiryPlace[] {
  const cas = listCas(workspace);
  const newest = new Map<string, ExpiryPlace & { made: string }>();
  for (const { facts, place, issuer } of deployedOf(workspace.deployed, 'crl')) {
    const ca = cas.find(({ item }) => item.sha256 === issuer);
    if (ca?.isForCas) continue;
    const authority = ca?.name ?? commonName(facts.issuer);
    const extension = findExtension(facts, 'expiredCertsOnCRL');
    const since = extension?.value?.since.instant;
    const made = facts.thisUpdate.instant ?? '';
    if ((newest.get(authority)?.made ?? '') > made) continue;
    const at = { ...place, path: extension?.at ?? 'tbsCertList.extensions.expiredCertsOnCRL' };
    newest.set(authority, { ...samplePlace(`the CRL of ${authority}`, at, extension !== undefined, 'expiredCertsOnCRL', since), authority, made });
  }
  return [...newest.values()];
}

function ocspPlaces(workspace: Workspace): ExpiryPlace[] {
  const cas = listCas(workspace);
  return deployedOf(workspace.deployed, 'ocsp-response').flatMap(({ facts, place, authorities }) =>
    (facts.basic?.responses ?? []).flatMap((answer, index) => {
      const ca = cas.find(({ item }) => item.sha256 === authorities?.[index]);
      if (!ca || ca.isForCas) return [];
      const extension = findExtension(answer, 'archiveCutoff');
      const at = { ...place, path: extension?.at ?? `${answer.at}.extensions.archiveCutoff` };
      const name = `the OCSP response in ${place.file.slice(place.file.lastIndexOf('/') + 1)}`;
      return [{ ...samplePlace(name, at, extension !== undefined, 'archiveCutoff', extension?.value?.since.instant), authority: ca.name }];
    }),
  );
}

const samplePlace = (name: string, at: Place, holds: boolean, extension: ExpiryExtension, since: Instant | undefined): ExpiryPlace => ({
  source: 'sample',
  name,
  at,
  holds,
  seen: holds ? `${extension}${since ? ` ${since}` : ''}` : `no ${extension}`,
  since,
});

/** Samples of one CA of which CRL and OCSP response keep status from different instants on. */
export function findOtherSince(rows: readonly ExpiryRow[]): readonly { place: ExpiryPlace; other: ExpiryPlace }[] {
  const [crls, responses] = (['crl', 'ocsp'] as const).map((service) => rows.filter((row) => row.service === service).flatMap(({ places }) => places));
  return (responses ?? []).flatMap((place) => {
    const other = crls?.find(({ source, authority, since }) => source === 'sample' && authority === place.authority && since !== undefined);
    return place.source === 'sample' && place.since !== undefined && other && other.since !== place.since ? [{ place, other }] : [];
  });
}
