import type { Policy } from '../../../model/document.ts';
import type { Observation, Rule } from '../../../model/finding.ts';
import type { Draft, Workspace } from '../../../model/workspace.ts';
import { bindDemand } from '../../demands.ts';
import { followsOutline } from './outline-complete.ts';

/** Root programmes prefer one combined document for one use of certificates; Chrome demands it of applicants. */
export const documentCombined: Rule = {
  id: 'form/document-combined',
  demands: 'CP and CPS are one document, for one use of certificates.',
  basis: { standard: 'Chrome Root Program Policy', edition: '1.8', clause: '2.1' },
  severity: 'info',
  sets: ['mozilla', 'chrome'],
  *check(workspace) {
    const texts = workspace.drafts.filter(followsOutline);
    yield* checkSplit(texts, workspace);
    yield* checkUses(texts, workspace);
  },
};

const placeOf = ({ file, fields }: Draft, field: string) => ({ file, start: fields[field] ?? { line: 1, column: 1 } });

function* checkSplit(texts: readonly Draft[], workspace: Workspace): Iterable<Observation> {
  const binding = bindDemand('combined-document', workspace);
  const policy = texts.find(({ type }) => type === 'CP');
  const statement = texts.find(({ type }) => type === 'CPS');
  if (!binding || !policy || !statement) return;
  yield {
    message: `The CP ${policy.id} and the CPS ${statement.id} are two documents.`,
    at: placeOf(statement, 'type'),
    seen: `${policy.file} and ${statement.file}`,
    expected: 'one document of type CP-CPS, which root programmes prefer and Chrome demands of applicants',
    basis: binding.basis,
    severity: binding.severity,
  };
}

/** Policies of ETSI for website certificates; all others are for persons. */
const isForWebsites = ({ conformsTo }: Policy) => /^(?:QNCP-w|QEVCP-w|EVCP|DVCP|OVCP|IVCP)/.test(conformsTo ?? '');

function* checkUses(texts: readonly Draft[], workspace: Workspace): Iterable<Observation> {
  const binding = bindDemand('single-use-case', workspace);
  if (!binding) return;
  for (const draft of texts) {
    const policies = (draft.frontMatter?.policies ?? []).filter(({ conformsTo }) => conformsTo);
    const web = policies.find(isForWebsites);
    const other = policies.find((policy) => !isForWebsites(policy));
    if (!web || !other) continue;
    yield {
      message: `The document ${draft.id} serves website certificates and others.`,
      at: placeOf(draft, 'policies'),
      seen: `${web.conformsTo} (${web.oid}) and ${other.conformsTo} (${other.oid})`,
      expected: 'a document for website certificates alone, which root programmes prefer and Chrome demands of applicants',
      basis: binding.basis,
      severity: binding.severity,
    };
  }
}
