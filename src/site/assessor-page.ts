import type { EvidencePage } from './evidence-page.ts';
import type { DevicesPage, IdentityPage, ResponsibilitiesPage } from './operation-page.ts';
import type { PrecedencePage } from './precedence-page.ts';
import type { StatusPage } from './status-page.ts';

export type * from './evidence-page.ts';
export { evidenceStrings } from './evidence-strings.ts';
export type * from './operation-page.ts';
export { operationStrings } from './operation-strings.ts';
export type { PrecedencePage, PrecedenceRow, PrecedenceStep } from './precedence-page.ts';
export { precedenceStrings } from './precedence-strings.ts';
export type { Measured, StatusCharts, StatusPage } from './status-page.ts';
export { statusStrings } from './status-strings.ts';

/** The kinds of page that only a site for assessors has. */
export type AssessorPage = DevicesPage | EvidencePage | IdentityPage | PrecedencePage | ResponsibilitiesPage | StatusPage;
