import type { Instant } from '../../model/time.ts';
import type { CheckResult } from '../run.ts';
import { reportGithub } from './github.ts';
import { reportJson } from './json.ts';
import { reportJunit } from './junit.ts';
import { reportSarif } from './sarif.ts';
import { reportTerminal } from './terminal.ts';

/** What a report says besides the findings, where it is known. */
export interface ReportOptions {
  color: boolean;
  /** The instant for which the check ran. */
  now?: Instant;
  /** The release of Cartulary that ran. */
  release?: string;
  /** Path of the provider's folder inside its git repository, '' or ending in '/': tools count paths from the repository's root. */
  folder?: string;
  /** Address below which the pages of the rules are published, ending in '/'. */
  pages?: string;
  /** Address below which the checked files can be looked at, ending in '/'. */
  files?: string;
  /** Whether what the baseline holds is listed too, marked as such: as JSON, SARIF and JUnit. */
  held?: boolean;
  /** The pages of rules in Markdown, by rule. */
  help?: ReadonlyMap<string, string>;
}

/** A reporter is a function from a result to a string. */
export type Reporter = (result: CheckResult, options: ReportOptions) => string;

/** The reports by the name of their format; `terminal` is for people, the others are for tools. */
export const reporters: Readonly<Record<string, Reporter>> = {
  terminal: reportTerminal,
  json: reportJson,
  sarif: reportSarif,
  github: reportGithub,
  junit: reportJunit,
};
