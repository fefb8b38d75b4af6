import type { Citation, RuleSet, Severity } from '../model/finding.ts';
import type { Catalogue, Requirement } from '../model/requirement.ts';
import { dateIn } from '../model/time.ts';
import type { Workspace } from '../model/workspace.ts';

/** The catalogue whose demands bind by rule sets, as marks would name it. */
const FORM = 'form';

/** The sources that bind whoever chooses a rule set. The standards of ETSI have catalogues and rules of their own. */
export const SOURCES_OF_SETS: Readonly<Record<RuleSet, readonly string[]>> = {
  'etsi-qualified': [],
  mozilla: ['Mozilla Root Store Policy', 'CCADB Policy', 'Mozilla wiki, CA/Required or Recommended Practices'],
  chrome: ['Chrome Root Program Policy', 'CCADB Policy'],
  'cabf-tls': ['CA/Browser Forum TLS Baseline Requirements'],
  'cabf-smime': ['CA/Browser Forum S/MIME Baseline Requirements'],
};

/** How a demand binds a provider. */
export interface Binding {
  basis: Citation;
  severity: Exclude<Severity, 'off'>;
  /** The day from which it counts, where that is still to come. */
  from: string | undefined;
}

/** A demand on the form of documents by its id. Throws where the catalogue, which ships with the package, has none. */
export function findDemand(catalogues: readonly Catalogue[], id: string): Requirement {
  const demand = catalogues.find(({ short }) => short === FORM)?.requirements.find((requirement) => requirement.id === id);
  if (!demand) throw new Error(`No catalogue has the demand "${id}".`);
  return demand;
}

/**
 * By which source a demand binds under the chosen rule sets, or those of them that are given; undefined where none does. A
 * source that counts already goes before one that is still to come, and "must" before "should".
 */
export function bindDemand(id: string, { catalogues, config, now }: Workspace, sets: readonly RuleSet[] = config.ruleSets): Binding | undefined {
  const standards = new Set(config.ruleSets.filter((set) => sets.includes(set)).flatMap((set) => SOURCES_OF_SETS[set]));
  if (standards.size === 0) return undefined;
  const demand = findDemand(catalogues, id);
  const today = dateIn(now, config.timeZone);
  const rank = ({ from = '', strength }: Requirement['sources'][number]) => (from > today ? 2 : 0) + (strength === 'should' ? 1 : 0);
  const [source] = demand.sources.filter(({ standard }) => standards.has(standard)).toSorted((a, b) => rank(a) - rank(b));
  if (!source) return undefined;
  const { standard, edition, clause, from = '', strength } = source;
  const isComing = from > today;
  return { basis: { standard, edition, clause }, severity: isComing ? 'info' : severityOf(demand, strength), from: isComing ? from : undefined };
}

/** What a source only recommends, and what a program can only point out, is never an error. */
function severityOf({ level, automation }: Requirement, strength: 'must' | 'should'): Binding['severity'] {
  if (strength === 'should') return level === 'error' ? 'warning' : 'info';
  return automation === 'partial' && level === 'error' ? 'warning' : level;
}

const ORDER = ['info', 'warning', 'error'] as const;

/** The milder of two severities. */
export const milder = (a: Binding['severity'], b: Binding['severity'] | undefined): Binding['severity'] =>
  b !== undefined && ORDER.indexOf(b) < ORDER.indexOf(a) ? b : a;
