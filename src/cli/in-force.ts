import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { explainInForce } from '../model/answer.ts';
import { Oid } from '../model/document.ts';
import { type InForce, inForce as lookUp, readTimelines } from '../model/in-force.ts';
import { type Instant, localTime, parseInstant } from '../model/time.ts';
import { policiesOf, type Workspace } from '../model/workspace.ts';
import { openWorkspace } from '../read/workspace.ts';
import { type Command, type Io, UsageError } from './main.ts';
import { refuseUntrusted } from './refuse-untrusted.ts';

/** `cartulary in-force`: which version of each document was in force at an instant, or why none was. */
export const inForce: Command = {
  summary: 'Say which versions were in force on a date, or governed a certificate.',
  usage: `cartulary in-force [<date or instant>] [--document <id>] [--policy <OID>] [--json]
cartulary in-force --certificate <file or folder>… [--at <date or instant>] [--no-standards] [--json | --json-lines]

  A date means its midnight in the repository's time zone; without one, now is meant.
  --document  only this document; may be given several times
  --policy    only documents whose version then listed this policy

  --certificate  which texts governed certificates when they were issued, and where these are otherwise than declared:
                 PEM, DER or PKCS #7, files with several, folders, and - for standard input; nothing leaves this machine
  --at           at this date or instant instead of each certificate's notBefore
  --no-standards  leave out what EN 319 412 and its companions say of the certificate
  --json-lines   one answer a line, as it is found

Exit codes: 0 a version was in force, or all certificates are governed and as declared; 1 not so; 2 could not run.`,
  async run(args, io) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      allowNegative: true,
      options: {
        document: { type: 'string', multiple: true },
        policy: { type: 'string' },
        json: { type: 'boolean' },
        certificate: { type: 'string', multiple: true },
        at: { type: 'string' },
        'json-lines': { type: 'boolean' },
        standards: { type: 'boolean' },
      },
    });
    if (values.certificate) return askForCertificates({ ...values, certificate: [...values.certificate, ...positionals] }, io);
    const only = values.at !== undefined ? '--at' : values['json-lines'] ? '--json-lines' : values.standards !== undefined ? '--no-standards' : undefined;
    if (only) throw new UsageError(`${only} is for certificates: name them with --certificate.`);
    const { workspace } = await openWorkspace(pathToFileURL(`${io.folder}/`), { now: io.now, purpose: 'publish' });
    if (refuseUntrusted(workspace, io)) return 2;
    const at = readWords(positionals, workspace, io);
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

/** The one instant that is asked for: now, where no word is given. */
function readWords(words: readonly string[], { register, config }: Workspace, io: Io): Instant {
  const timelines = readTimelines(register);
  const document = words.find((word) => timelines.has(word));
  const advice = document === undefined ? '' : ` A document is named with --document ${document}.`;
  const more = words.slice(1).map((word) => `"${word}"`);
  if (more.length > 0) throw new UsageError(`The question is about one date or instant: ${more.join(', ')} is too much.${advice}`);
  const [word] = words;
  const at = word === undefined ? io.now : parseInstant(word, config.timeZone);
  if (!at) throw new UsageError(`"${word}" is neither a date (2024-08-01) nor an instant (2024-08-01T09:00:00Z).${advice}`);
  return at;
}

interface CertificateOptions {
  certificate: readonly string[];
  at?: string | undefined;
  json?: boolean | undefined;
  'json-lines'?: boolean | undefined;
  standards?: boolean | undefined;
  document?: readonly string[] | undefined;
  policy?: string | undefined;
}

async function askForCertificates(options: CertificateOptions, io: Io): Promise<number> {
  const { certificate: files, at, json, 'json-lines': lines, standards = true } = options;
  if (options.document || options.policy !== undefined)
    throw new UsageError('--document and --policy are for questions by date: a certificate names its policies itself.');
  const { workspace } = await openWorkspace(pathToFileURL(`${io.folder}/`), { now: io.now, purpose: 'publish' });
  if (refuseUntrusted(workspace, io)) return 2;
  const instant = at === undefined ? undefined : parseInstant(at, workspace.config.timeZone);
  if (at !== undefined && !instant) throw new UsageError(`"${at}" is neither a date (2024-08-01) nor an instant (2024-08-01T09:00:00Z).`);
  const { answerCertificates } = await import('./in-force-certificates.ts');
  return answerCertificates(workspace, { files, at: instant, standards, format: lines ? 'json-lines' : json ? 'json' : 'text' }, io);
}

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
