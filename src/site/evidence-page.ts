import type { EvidenceItem, EvidenceKind, ProofState } from '../model/evidence.ts';
import type { Base, Link } from './page.ts';

/** How an item stands: it counts, something is wrong with it, or it is a certification that the next one followed. */
export type EvidenceState = 'current' | 'in-question' | 'ended';

/** An item of the index, with what it is about. */
export interface EvidenceRow {
  id: string;
  title: string;
  kind: EvidenceKind;
  kept: string;
  owner: string;
  verified: string;
  until: string;
  result: EvidenceItem['result'];
  remark: string | undefined;
  /** Of a certification. */
  certifies: string | undefined;
  covers: { from: string; to: string } | undefined;
  state: EvidenceState;
  faults: readonly string[];
  requirements: readonly Link[];
  sections: readonly Link[];
}

/** A requirement or a section, with the items that are evidence of it. */
export interface EvidenceSubject {
  link: Link;
  text: string;
  /** Of a section: the version that brought its text, and from when that was in force. */
  since?: { version: string; from: string };
  /** Of a requirement. */
  proof?: ProofState;
  items: readonly (Link & { title: string; state: EvidenceState; verified: string })[];
}

/** The evidence index, for assessors: its items, or by requirement, or by section. */
export interface EvidencePage extends Base {
  kind: 'evidence';
  view: 'items' | 'requirements' | 'sections';
  views: readonly { view: EvidencePage['view']; href: string }[];
  /** How many items and requirements have each state. */
  items: Readonly<Record<EvidenceState, number>>;
  requirements: Readonly<Record<ProofState, number>>;
  rows: readonly EvidenceRow[];
  groups: readonly { title: string; href: string; subjects: readonly EvidenceSubject[] }[];
  /** The index as JSON, and the matrix with evidence. */
  data: string;
  matrix: string | undefined;
}
