import type { Declared } from '../../../src/check/certificate/claim.ts';
import type { Overrides } from './made-up.ts';

/** What is otherwise than in the certificate of a profile, and what must be found, as `severity requirement`. */
export type Case = readonly [what: string, profile: string, overrides: Overrides, found: readonly string[], declared?: Declared];
