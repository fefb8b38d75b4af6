import { pathToFileURL } from 'node:url';
import { rules } from '../check/rules/index.ts';
import { runCheck } from '../check/run.ts';
import { plural } from '../model/plural.ts';
import { ALLOWED_SIGNERS, type SignedTag } from '../model/signed-tag.ts';
import type { Instant } from '../model/time.ts';
import { nameEntry, proofsOf } from '../model/timestamp.ts';
import { openWorkspace } from '../read/workspace.ts';
import { newVerification, type Verification, type Wrong } from './verify-report.ts';

/** Rules that speak of proofs, beside those without which no site is built. */
const PROVING: readonly string[] = ['form/register-holds', 'form/published-unaltered', 'trusted-lists/snapshot-holds', 'evidence/timestamp-verifies'];

/** Proves a repository as the check does: its register, every published byte, trusted lists and time-stamp tokens. No waiver counts. */
export async function verifyRepository(folder: string, name: string, now: Instant): Promise<Verification> {
  const report = newVerification(`${name}: a repository`);
  const { workspace, git } = await openWorkspace(pathToFileURL(`${folder}/`), { now, purpose: 'check' });
  const { register, facts, timestamps = [], trustedLists } = workspace;
  const strict = { ...workspace, baseline: undefined, config: { ...workspace.config, severities: {}, waivers: [] } };
  const proving = rules.filter(({ id, stopsBuild }) => stopsBuild || PROVING.includes(id));
  const { findings } = runCheck(strict, proving);
  for (const { severity, at, message, seen, expected } of findings) {
    const wrong: Wrong = { file: at.start ? `${at.file}:${at.start.line}` : at.file, message, ...(seen && { seen }), ...(expected && { expected }) };
    if (severity === 'error') report.wrong.push(wrong);
    else report.notProved.push({ what: wrong.file, why: message });
  }
  const holds = (id: string) => !findings.some(({ rule, severity }) => rule === id && severity === 'error');
  if (holds('form/register-chained') && holds('form/register-valid'))
    report.proved.push(
      `The register holds together: ${register.entries.length} entries, each with the digest of the one before; the last is ${register.entries.at(-1)?.digest ?? 'none'}.`,
    );
  if (holds('form/register-holds'))
    report.proved.push(`${plural(facts.size, 'text')} are the registered bytes by SHA-256, read from the blobs that the register names.`);
  if (trustedLists && holds('trusted-lists/snapshot-holds'))
    report.proved.push(`The trusted lists of ${trustedLists.snapshot.taken} lead to the anchors in the repository.`);
  const proofs = proofsOf(register, timestamps);
  for (const entry of register.entries) {
    const proof = entry.kind === 'version' ? proofs.get(entry.digest) : undefined;
    if (proof) report.proved.push(`${nameEntry(entry)} was registered by ${proof.verdict.at}, says ${proof.verdict.authority} (${proof.file}).`);
  }
  const open = register.entries.filter((entry) => entry.kind === 'version' && !proofs.has(entry.digest)).map(nameEntry);
  if (open.length > 0)
    report.notProved.push({ what: `Since when ${open.join(', ')} existed`, why: 'no time-stamp token covers it; the date is that which the register states' });
  for (const tag of workspace.signedTags ?? []) tellTag(tag, report);
  report.notProved.push({
    what: 'That no version was taken out of the end of the register',
    why: git ? 'against an older state: cartulary check --base <commit>' : 'the folder has no history in git',
  });
  return report;
}

/** Why a signature says nothing, where it is not wrong. */
const UNPROVED: Readonly<Partial<Record<SignedTag['state'], string>>> = {
  'not-allowed': `no line of ${ALLOWED_SIGNERS} names its key for git at that time`,
  unchecked: `there is no ${ALLOWED_SIGNERS}`,
  unsupported: 'a signature of this kind is not verified here: git tag -v does, with the keys that you trust',
};

function tellTag({ name, kind, state, key, signers }: SignedTag, { proved, wrong, notProved }: Verification): void {
  const signed = `The tag ${name} is signed by ${kind}${key ? `, key ${key}` : ''}`;
  if (state === 'verified') proved.push(`${signed}, which ${ALLOWED_SIGNERS} gives to ${signers ?? 'nobody'}.`);
  else if (UNPROVED[state] === undefined)
    wrong.push({
      file: `tag ${name}`,
      message: state === 'renamed' ? 'The signature is over a tag of another name.' : 'The signature is not one of its key over this tag.',
    });
  else notProved.push({ what: signed, why: UNPROVED[state] });
}
