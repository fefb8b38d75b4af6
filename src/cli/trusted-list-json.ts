import type { Authentication, AuthenticList } from '../model/authentic-list.ts';
import { writeDistinguishedName } from '../model/distinguished-name.ts';
import type { TrustedLists } from '../model/list-snapshot.ts';
import type { Qualification615, QualificationAt } from '../model/qualification.ts';
import type { ListedProvider, ListedService } from '../model/trusted-list.ts';
import { sha256 } from '../read/register.ts';
import { findPointer } from './trusted-list-words.ts';

/** The snapshot with the proof of each list, for machines. */
export function snapshotJson(trustedLists: TrustedLists) {
  const { snapshot, file, at, listOfLists: lotl, lists } = trustedLists;
  const locations = new Map(snapshot.pivots.map((pivot) => [pivot.file, pivot.location]));
  return {
    snapshot: { file, taken: snapshot.taken, anchors: snapshot.anchors },
    at,
    listOfLists: { ...listJson(lotl), location: snapshot.listOfLists.location },
    pivots: lotl.authenticated ? lotl.pivots.map((pivot) => ({ ...listJson(pivot), location: locations.get(pivot.file.split('/').at(-1) ?? '') ?? null })) : [],
    lists: lists.map(({ country, location, authentication }) => ({
      country,
      ...listJson(authentication),
      location,
      announcedAt: (lotl.authenticated && authentication.authenticated && findPointer(lotl, country, authentication.signer)?.line) || null,
    })),
  };
}

function listJson(authentication: Authentication) {
  const { file, sha256: digest } = authentication;
  if (authentication.authenticated) return { file, sha256: digest, proved: true, ...provedJson(authentication) };
  const { reason, problem, at } = authentication;
  return { file, sha256: digest, proved: false, reason, problem, line: at?.line ?? null };
}

function provedJson({ list, signer, signingTime, warnings }: AuthenticList) {
  const { version, sequence, type, territory, issued, nextUpdate } = list;
  return {
    version,
    sequence,
    type,
    territory,
    issued,
    nextUpdate: nextUpdate ?? null,
    signer: { subject: writeDistinguishedName(signer.facts.subject), sha256: sha256(signer.der) },
    signingTime: signingTime ?? null,
    warnings: warnings.map(({ code, message, line }) => ({ code, message, line: line ?? null })),
  };
}

/** A provider of a list with its services, each with all its states. */
export const providerJson = ({ names, tradeNames, line, services }: ListedProvider) => ({ names, tradeNames, line, services: services.map(serviceJson) });

const serviceJson = ({ identity, states, line }: ListedService) => ({
  line,
  certificates: identity.certificates.map((certificate) => certificate.sha256),
  keyIdentifiers: identity.keyIdentifiers,
  states: states.map(({ type, names, status, start, uses, qualifications, line: at }) => ({
    type,
    names,
    status,
    start,
    uses,
    qualifications: qualifications.map((qualification) => ({
      qualifiers: qualification.qualifiers,
      criteria: qualification.criteria,
      line: qualification.line,
    })),
    line: at,
  })),
});

/** Both columns of the procedure. */
export const answerJson = ({ confirmed, qscd, atIssuance, atCheck }: Qualification615) => ({
  confirmed,
  qscd: qscd ?? null,
  atIssuance: columnJson(atIssuance),
  atCheck: columnJson(atCheck),
});

const columnJson = ({ at, regime, status, uses, qscd, states, reasons, warnings, errors }: QualificationAt) => ({
  at,
  regime,
  status,
  uses,
  qscd: qscd ?? null,
  states: states.map(({ provider, state, captured }) => ({
    provider,
    type: state.type,
    status: state.status,
    uses: state.uses,
    start: state.start ?? null,
    line: state.line ?? null,
    qualifiers: captured.qualifiers,
    undecided: captured.undecided,
  })),
  reasons,
  warnings,
  errors,
});
