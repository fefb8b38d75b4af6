import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { explainInForce } from '../model/answer.ts';
import { Oid } from '../model/document.ts';
import { type InForce, inForce as lookUp, readTimelines } from '../model/in-force.ts';
import { localTime, parseInstant } from '../model/time.ts';
import { policiesOf, type Workspace } from '../model/workspace.ts';
import { openWorkspace } from '../read/workspace.ts';
import { type Command, UsageError } from './main.ts';
import { refuseUntrusted } from './refuse-untrusted.ts';

/** `cartulary in-force`: which version of each document was in force at an instant, or why none was. */
export const inForce: Command = {
  summary: 'Say which versions were in force on a date.',
  usage: `cartulary in-force [<date or instant>] [--document <id>] [--policy <OID>] [--json]

  A date means its midnight in the repository's time zone; without one, now is meant.
  --document  only this document; may be given several times
  --policy    only documents whose version then listed this policy`,
  async run(args, io) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { document: { type: 'string', multiple: true }, policy: { type: 'string' }, json: { type: 'boolean' } },
    });
    const { workspace } = await openWorkspace(pathToFileURL(`${io.folder}/`), { now: io.now, purpose: 'publish' });
    if (refuseUntrusted(workspace, io)) return 2;
    const at = positionals[0] === undefined ? io.now : parseInstant(positionals[0], workspace.config.timeZone);
    if (!at) throw new UsageError(`"${positionals[0]}" is neither a date (2024-08-01) nor an instant (2024-08-01T09:00:00Z).`);
    if (values.policy !== undefined && !Oid.safeParse(values.policy).success) throw new UsageError(`"${values.policy}" is not an object identifier.`);
    const documents = values.document ?? [...readTimelines(workspace.register).keys()];
    const answers = documents
      .map((document) => lookUp(workspace.register, document, at))
      .filter((answer) => values.policy === undefined || listsPolicy(workspace, answer, values.policy));
    io.out(
      values.json
        ? `${JSON.stringify(
            answers.map((answer) => toJson(workspace, answer)),
            null,
            2,
          )}\n`
        : toText(workspace, answers, localTime(at, workspace.config.timeZone), values.policy),
    );
    return answers.some((answer) => answer.version) ? 0 : 1;
  },
};

function listsPolicy(workspace: Workspace, answer: InForce, oid: string): boolean {
  return answer.version !== undefined && policiesOf(workspace, answer.version.entry).some((policy) => policy.oid === oid);
}

function toText(workspace: Workspace, answers: readonly InForce[], when: string, policy: string | undefined): string {
  const head = `On ${when} (${workspace.config.timeZone})${policy ? `, for policy ${policy}` : ''}:`;
  const lines = answers.map((answer) => `  ${explainInForce(answer, workspace.config.timeZone)}`);
  return `${[head, ...(lines.length > 0 ? lines : [`  No document in force then lists this policy.`])].join('\n')}\n`;
}

function toJson({ config }: Workspace, answer: InForce) {
  const span = answer.version;
  return {
    document: answer.document,
    at: answer.at,
    version: span?.entry.version ?? null,
    from: span?.from ?? null,
    until: span?.until ?? null,
    textHeld: span ? Object.keys(span.entry.files).length > 0 : null,
    files: span?.entry.files ?? {},
    url: span ? `${config.site}/${answer.document}/${span.entry.version}/` : null,
    next: answer.next ? { version: answer.next.entry.version, from: answer.next.from } : null,
    reason: answer.reason?.kind ?? null,
    continuedBy: answer.reason?.kind === 'withdrawn' ? (answer.reason.withdrawal.continuedBy ?? null) : null,
    explanation: explainInForce(answer, config.timeZone),
  };
}
