import { oidName } from './oid-name.ts';
import type { CriteriaList, Criterion } from './trusted-list.ts';

const TOGETHER: Readonly<Record<CriteriaList['assert'], string>> = { all: 'all of', atLeastOne: 'at least one of', none: 'none of' };

const oid = (text: string): string => {
  const name = oidName(text);
  return name === undefined ? text : `${name} (${text})`;
};

/** Several within one criterion are asked for together, in one certificate. */
const together = (one: string, several: string, oids: readonly string[]): string => {
  const [last, ...others] = oids.map(oid).reverse();
  if (last === undefined) return `no ${several}`;
  return others.length === 0 ? `${one} ${last}` : `${several} ${others.reverse().join(', ')} and ${last} in one certificate`;
};

/** A criterion of a list in words: `the policies 1.2.3 and 1.2.4 in one certificate`. */
export function describeCriterion(criterion: Criterion): string {
  switch (criterion.kind) {
    case 'list': {
      const [first, ...others] = criterion.criteria.map(describeCriterion);
      if (first === undefined) return `${TOGETHER[criterion.assert]} nothing`;
      return others.length === 0 && criterion.assert !== 'none' ? first : `${TOGETHER[criterion.assert]} (${[first, ...others].join('; ')})`;
    }
    case 'keyUsage':
      return `the key usage ${criterion.bits.map(({ name, value }) => (value ? name : `not ${name}`)).join(', ')}`;
    case 'policies':
      return together('the policy', 'the policies', criterion.oids);
    case 'extendedKeyUsage':
      return together('the extended key usage', 'the extended key usages', criterion.oids);
    case 'subjectAttributes':
      return together('the subject attribute', 'the subject attributes', criterion.oids);
    case 'qcStatements':
      return together('the QC statement', 'the QC statements', criterion.oids);
    case 'unknown':
      return `the unknown criterion ${criterion.name}`;
  }
}
