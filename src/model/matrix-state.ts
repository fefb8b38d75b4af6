/** What texts say of a requirement; `elsewhere` only where one version is looked at. None of these says whether it is fulfilled. */
export const MATRIX_STATES = ['stated', 'excluded', 'elsewhere', 'no-text', 'not-decidable', 'undecided'] as const;
export type MatrixState = (typeof MATRIX_STATES)[number];

/** What each state means, in English. */
export const STATE_MEANINGS: Readonly<Record<MatrixState, string>> = {
  stated: 'A section is marked by its authors to state it, and has text of its own.',
  excluded: 'The authors take it out, with a reason.',
  elsewhere: 'Not in this document. Another one, in force when this version took effect, is marked to state or exclude it.',
  'no-text': 'It belongs into a text, and no section that was looked at is marked to state it. A text can say it without a mark.',
  'not-decidable': 'No text has to state it: certificates, lists or records of the operation show it, or it only leads to other requirements.',
  undecided: 'It depends on facts of the operation that are not declared whether it applies.',
};
