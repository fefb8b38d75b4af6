import type { Policy } from '../model/document.ts';
import type { Observation } from '../model/finding.ts';
import { type DeviceManager, deviceModelOf, QSCD_FILE, type QscdModel } from '../model/qscd.ts';
import type { PolicyStatements } from '../model/statement.ts';
import type { Draft, Workspace } from '../model/workspace.ts';
import { findMentions } from './name-mentions.ts';
import { locate, nameSection, readStatementsOf, type Said, type StatementReader } from './statements.ts';

type Assertion = StatementReader['assertions'][number];

interface ManagerReading {
  draft: Draft;
  model: QscdModel;
  reader: StatementReader;
  statements: PolicyStatements;
}

const WORDS: Readonly<Record<DeviceManager, string>> = { subject: 'the subject', tsp: 'the provider', 'other-tsp': 'another provider' };

/** Each place where a text says that another manages a device than the model does, be the device named or the policy. */
export function* findManagerFaults(draft: Draft, model: QscdModel, workspace: Workspace): Iterable<Observation> {
  const reader = readStatementsOf(draft, workspace);
  if (!reader) return;
  const reading = { draft, model, reader, statements: workspace.statements.policies };
  for (const assertion of reader.assertions) yield* judgeAssertion(reading, assertion);
}

function* judgeAssertion(reading: ManagerReading, assertion: Assertion): Iterable<Observation> {
  const { draft, model, reader, statements } = reading;
  const isAboutDevice = reader.says(assertion, statements.device, { ownOnly: true }) || model.devices.some(({ name }) => assertion.own.includes(name));
  if (!isAboutDevice) return;
  const managers = findManagers(reading, assertion);
  const [manager] = managers;
  if (managers.size !== 1 || manager === undefined) return;
  const said = readManagers(reading, assertion);
  const other = manager === 'subject' ? said.tsp : said.subject;
  const same = manager === 'other-tsp' ? undefined : said[manager];
  if (!other || same) return;
  yield {
    ...locate(other),
    message: `${nameSection(assertion.section)} of ${draft.id} says that ${manager === 'subject' ? 'the provider' : 'the subject'} manages a QSCD that ${WORDS[manager]} manages.`,
    expected: `what ${QSCD_FILE} declares: managedBy: ${manager}`,
    advice: `Correct whichever is wrong: the text, or ${QSCD_FILE}.`,
  };
}

/** Who manages the devices of which an assertion speaks: by the policies that it names, else by the devices. */
function findManagers({ draft, model, reader }: ManagerReading, assertion: Assertion): ReadonlySet<DeviceManager> {
  const named = (draft.frontMatter?.policies ?? []).filter((policy) => reader.names(assertion, policy));
  if (named.length > 0) return new Set(named.flatMap(({ oid }) => deviceModelOf(model, oid)?.managedBy ?? []));
  const names = new Set(
    findMentions(
      assertion.own,
      model.devices.map(({ name }) => name),
    ).map(({ name }) => name),
  );
  const ids = new Set(model.devices.filter(({ name }) => names.has(name)).map(({ id }) => id));
  return new Set(model.policies.filter(({ devices }) => devices.some(({ device }) => ids.has(device))).map(({ managedBy }) => managedBy));
}

function readManagers({ draft, model, reader, statements }: ManagerReading, assertion: Assertion): { subject: Said | undefined; tsp: Said | undefined } {
  const policies: readonly Policy[] = draft.frontMatter?.policies ?? [];
  const blank = (text: string) => ' '.repeat(text.length);
  const plain = policies.reduce((rest, { name }) => rest.replaceAll(name, blank), reader.without(assertion.own, statements.aside));
  // A device that is called by its name is a QSCD to the patterns.
  const instead = model.devices.reduce(
    (rest, { name }) => rest.replaceAll(new RegExp(`["“„]?${name.replace(/[^\p{L}\p{N} ]/gu, '.')}["”“]?`, 'gu'), asDevice),
    plain,
  );
  const read = (forms: PolicyStatements['subject']) => {
    const said = reader.says(assertion, forms, { ownOnly: true, instead });
    return said?.how === 'said' ? said : undefined;
  };
  return { subject: read(statements.subject), tsp: read(statements.tsp) };
}

const asDevice = (name: string): string => (name.length < 8 ? name : 'the QSCD'.padEnd(name.length));
