import { expect, test } from 'vitest';
import { describeCriterion } from '../../src/model/criterion-words.ts';
import type { Criterion } from '../../src/model/trusted-list.ts';

const policies = (...oids: readonly string[]): Criterion => ({ kind: 'policies', oids });

test.each<[Criterion, string]>([
  [policies('1.2.3'), 'the policy 1.2.3'],
  [policies('1.2.3', '1.2.4', '1.2.5'), 'the policies 1.2.3, 1.2.4 and 1.2.5 in one certificate'],
  [{ kind: 'list', assert: 'all', criteria: [policies('1.2.3')] }, 'the policy 1.2.3'],
  [{ kind: 'list', assert: 'none', criteria: [policies('1.2.3')] }, 'none of (the policy 1.2.3)'],
  [{ kind: 'list', assert: 'atLeastOne', criteria: [policies('1.2.3'), policies('1.2.4')] }, 'at least one of (the policy 1.2.3; the policy 1.2.4)'],
  [{ kind: 'list', assert: 'all', criteria: [] }, 'all of nothing'],
  [
    {
      kind: 'keyUsage',
      bits: [
        { name: 'nonRepudiation', value: true },
        { name: 'digitalSignature', value: false },
      ],
    },
    'the key usage nonRepudiation, not digitalSignature',
  ],
  [{ kind: 'extendedKeyUsage', oids: ['1.3.6.1.5.5.7.3.4'] }, 'the extended key usage emailProtection (1.3.6.1.5.5.7.3.4)'],
  [
    { kind: 'qcStatements', oids: ['0.4.0.1862.1.1', '0.4.0.1862.1.4'] },
    'the QC statements QcCompliance (0.4.0.1862.1.1) and QcSSCD (0.4.0.1862.1.4) in one certificate',
  ],
  [{ kind: 'subjectAttributes', oids: ['2.5.4.97'] }, 'the subject attribute organizationIdentifier (2.5.4.97)'],
  [{ kind: 'unknown', name: 'Colour (urn:made-up)' }, 'the unknown criterion Colour (urn:made-up)'],
])('%j', (criterion, words) => {
  expect(describeCriterion(criterion)).toBe(words);
});
