import { parseArgs } from 'node:util';
import { OUTSIDE_RULES, type OutsideRules } from '../model/precedence.ts';
import { type Command, UsageError } from './main.ts';

/** `cartulary precedence`: keeps the list of versions of outside rules. */
export const precedence: Command = {
  summary: 'Take over new versions of the Baseline Requirements and EV Guidelines, to be assessed.',
  usage: `cartulary precedence import <file> [--rules <which>] [--all] [--dry-run]

  Reads the table of revisions of the Baseline Requirements (BR.md) or the EV Guidelines (EVG.md), as the CA/Browser Forum
  keeps them, and adds to content/precedence.yaml the versions that it does not have, each in its place, without an
  assessment. What is there stays as it is, comments too.

  --rules    baseline-requirements or ev-guidelines; without it, what the title of the document says
  --all      all versions of the table; without it, those since the first one in the file, or, where there is none, since the
             one in effect when the first policy for websites came into force
  --dry-run  say what would be added, and write nothing

Exit codes: 0 added, or nothing was new; 1 refused; 2 could not run.`,
  async run(args, io) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { rules: { type: 'string' }, all: { type: 'boolean', default: false }, 'dry-run': { type: 'boolean', default: false } },
    });
    const [action, file, ...more] = positionals;
    if (action !== 'import') throw new UsageError(`Say what to do: import${action === undefined ? '' : `, not "${action}"`}.`);
    if (file === undefined || more.length > 0) throw new UsageError('Name one file: the document in Markdown.');
    if (values.rules !== undefined && !OUTSIDE_RULES.includes(values.rules as OutsideRules))
      throw new UsageError(`There are no rules "${values.rules}". There are: ${OUTSIDE_RULES.join(', ')}.`);
    const { importPrecedence } = await import('./precedence-import.ts');
    return importPrecedence(file, { rules: values.rules as OutsideRules | undefined, isAll: values.all, isDry: values['dry-run'] }, io);
  },
};
