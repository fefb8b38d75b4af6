import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { reporters } from '../check/report/index.ts';
import { runCheck } from '../check/run.ts';
import { openWorkspace, readInstant } from '../read/workspace.ts';
import { type Command, UsageError } from './main.ts';

/** `cartulary check`: reads everything, runs all rules, prints the findings. */
export const check: Command = {
  summary: 'Check texts, register and published bytes.',
  usage: `cartulary check [--base <branch>] [--format terminal|json] [--at <instant>] [<folder>]

  --base     prove that the register only grew since this branch or commit, such as origin/main
  --format   terminal (default) or json
  --at       compute states and deadlines for this date or instant instead of now

Exit codes: 0 no errors or warnings, 1 findings, 2 could not run.`,
  async run(args, io) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { base: { type: 'string' }, format: { type: 'string', default: 'terminal' }, at: { type: 'string' } },
    });
    const report = Object.hasOwn(reporters, values.format) ? reporters[values.format] : undefined;
    if (!report) throw new UsageError(`There is no format "${values.format}".`);
    const now = values.at === undefined ? io.now : await readInstant(positionals[0] ?? io.folder, values.at);
    if (!now) throw new UsageError(`"${values.at}" is neither a date nor an instant.`);
    const folder = pathToFileURL(`${positionals[0] ?? io.folder}/`);
    const { workspace } = await openWorkspace(folder, { now, purpose: 'check', ...(values.base !== undefined && { base: values.base }) });
    const result = runCheck(workspace);
    io.out(report(result, { color: io.color }));
    if (result.crashed) return 2;
    return result.findings.some((finding) => finding.severity !== 'info') ? 1 : 0;
  },
};
