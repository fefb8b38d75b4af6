import type { Catalogue, Requirement } from '../../src/model/requirement.ts';

/** A requirement of a made catalogue, clause 5.1 where nothing else is said. */
export function makeRequirement(given: Partial<Requirement> & { id: string }): Requirement {
  return {
    clause: '5.1',
    kind: 'shall',
    policies: 'all',
    exceptPolicies: [],
    incorporates: [],
    summary: `What ${given.id} asks for.`,
    evidence: ['document'],
    documents: ['cps'],
    rfc3647: ['1.1'],
    level: 'error',
    shows: [],
    items: [],
    formerIds: [],
    responsible: [],
    refersTo: [],
    sources: [],
    ...given,
  };
}

/** A catalogue of the standard "Made". */
export function makeCatalogue(given: Partial<Catalogue> = {}): Catalogue {
  return {
    standard: 'Made',
    short: 'made',
    edition: 'V1.1.1',
    published: '2026-01',
    title: 'A standard made for a test',
    reach: 'policies',
    reviewed: [{ by: 'A test', on: '2026-01-01', of: 'All of it.' }],
    sources: ['A test'],
    prefixes: {},
    policies: [],
    tags: [],
    references: [],
    clauses: [{ number: '5.1' }, { number: '5.1.2' }, { number: '5.10' }],
    disclosureStatement: [],
    readings: [],
    eidas: [],
    requirements: [makeRequirement({ id: 'OVR-5.1-01' })],
    ...given,
  };
}
