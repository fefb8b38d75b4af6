import type { Rule } from '../../model/finding.ts';
import { contentStated } from './completeness/content-stated.ts';
import { disclosureComplete } from './completeness/disclosure-complete.ts';
import { editionInUse } from './completeness/edition-in-use.ts';
import { markApplies } from './completeness/mark-applies.ts';
import { markConfirmed } from './completeness/mark-confirmed.ts';
import { markKnown } from './completeness/mark-known.ts';
import { practiceDeclared } from './completeness/practice-declared.ts';
import { practicesAgree } from './completeness/practices-agree.ts';
import { requirementMet } from './completeness/requirement-met.ts';
import { statementPresent } from './completeness/statement-present.ts';
import { certificationContinuous } from './evidence/certification-continuous.ts';
import { certificationCovers } from './evidence/certification-covers.ts';
import { evidenceFresh } from './evidence/evidence-fresh.ts';
import { evidenceGiven } from './evidence/evidence-given.ts';
import { evidenceValid } from './evidence/evidence-valid.ts';
import { expiryBehaviourAgrees } from './evidence/expiry-behaviour-agrees.ts';
import { identityConsistent } from './evidence/identity-consistent.ts';
import { measurementsValid } from './evidence/measurements-valid.ts';
import { operatingModelValid } from './evidence/operating-model-valid.ts';
import { precedenceAssessed } from './evidence/precedence-assessed.ts';
import { qscdConsistent } from './evidence/qscd-consistent.ts';
import { statusWithinPeriods } from './evidence/status-within-periods.ts';
import { tagVerifies } from './evidence/tag-verifies.ts';
import { timestampVerifies } from './evidence/timestamp-verifies.ts';
import { baselineUsed } from './form/baseline-used.ts';
import { bytesDistinct } from './form/bytes-distinct.ts';
import { configurationValid } from './form/configuration-valid.ts';
import { dateStated } from './form/date-stated.ts';
import { datesAgree } from './form/dates-agree.ts';
import { datesOrdered } from './form/dates-ordered.ts';
import { deadlinesNear } from './form/deadlines-near.ts';
import { demandsAnswered } from './form/demands-answered.ts';
import { documentCombined } from './form/document-combined.ts';
import { editionCurrent } from './form/edition-current.ts';
import { englishPrevails } from './form/english-prevails.ts';
import { frontMatterValid } from './form/front-matter-valid.ts';
import { identificationAgrees } from './form/identification-agrees.ts';
import { intervalsHold } from './form/intervals-hold.ts';
import { languagesAgree } from './form/languages-agree.ts';
import { oidsAgree } from './form/oids-agree.ts';
import { outlineComplete } from './form/outline-complete.ts';
import { outlineTitled } from './form/outline-titled.ts';
import { practiceDescribed } from './form/practice-described.ts';
import { publishedUnaltered } from './form/published-unaltered.ts';
import { referenceResolves } from './form/reference-resolves.ts';
import { referencesListed } from './form/references-listed.ts';
import { registerChained } from './form/register-chained.ts';
import { registerGrown } from './form/register-grown.ts';
import { registerHolds } from './form/register-holds.ts';
import { registerValid } from './form/register-valid.ts';
import { reviewedYearly } from './form/reviewed-yearly.ts';
import { revisionsRecorded } from './form/revisions-recorded.ts';
import { sectionStated } from './form/section-stated.ts';
import { stipulationHonest } from './form/stipulation-honest.ts';
import { textReadable } from './form/text-readable.ts';
import { valueStated } from './form/value-stated.ts';
import { waiverUsed } from './form/waiver-used.ts';
import { addressesHold } from './profiles/addresses-hold.ts';
import { caAgrees } from './profiles/ca-agrees.ts';
import { certificateAgrees } from './profiles/certificate-agrees.ts';
import { certificateClaimsHold } from './profiles/certificate-claims-hold.ts';
import { certificateDeclared } from './profiles/certificate-declared.ts';
import { certificateReadable } from './profiles/certificate-readable.ts';
import { crlAgrees } from './profiles/crl-agrees.ts';
import { inclusionKnown } from './profiles/inclusion-known.ts';
import { ocspAgrees } from './profiles/ocsp-agrees.ts';
import { profileStated } from './profiles/profile-stated.ts';
import { profileValid } from './profiles/profile-valid.ts';
import { signatureVerifies } from './profiles/signature-verifies.ts';
import { standardMet } from './profiles/standard-met.ts';
import { tableAgrees } from './profiles/table-agrees.ts';
import { criteriaMeetable } from './trusted-lists/criteria-meetable.ts';
import { declarationsValid } from './trusted-lists/declarations-valid.ts';
import { entryExists } from './trusted-lists/entry-exists.ts';
import { policyEntered } from './trusted-lists/policy-entered.ts';
import { qualificationAgrees } from './trusted-lists/qualification-agrees.ts';
import { snapshotHolds } from './trusted-lists/snapshot-holds.ts';
import { statusHolds } from './trusted-lists/status-holds.ts';
import { usesAgree } from './trusted-lists/uses-agree.ts';

/** All rules, in the order in which they run. */
export const rules: readonly Rule[] = [
  configurationValid,
  waiverUsed,
  baselineUsed,
  frontMatterValid,
  textReadable,
  registerValid,
  registerChained,
  registerGrown,
  registerHolds,
  publishedUnaltered,
  bytesDistinct,
  intervalsHold,
  datesAgree,
  identificationAgrees,
  datesOrdered,
  dateStated,
  reviewedYearly,
  deadlinesNear,
  revisionsRecorded,
  outlineComplete,
  outlineTitled,
  sectionStated,
  stipulationHonest,
  demandsAnswered,
  practiceDescribed,
  referencesListed,
  valueStated,
  referenceResolves,
  oidsAgree,
  editionCurrent,
  languagesAgree,
  englishPrevails,
  documentCombined,
  editionInUse,
  markKnown,
  markApplies,
  markConfirmed,
  requirementMet,
  practiceDeclared,
  statementPresent,
  contentStated,
  disclosureComplete,
  practicesAgree,
  profileValid,
  profileStated,
  inclusionKnown,
  tableAgrees,
  certificateReadable,
  signatureVerifies,
  caAgrees,
  crlAgrees,
  ocspAgrees,
  certificateDeclared,
  certificateAgrees,
  certificateClaimsHold,
  standardMet,
  addressesHold,
  declarationsValid,
  snapshotHolds,
  entryExists,
  statusHolds,
  usesAgree,
  qualificationAgrees,
  criteriaMeetable,
  policyEntered,
  evidenceValid,
  evidenceGiven,
  evidenceFresh,
  measurementsValid,
  statusWithinPeriods,
  expiryBehaviourAgrees,
  precedenceAssessed,
  timestampVerifies,
  tagVerifies,
  certificationContinuous,
  operatingModelValid,
  qscdConsistent,
  certificationCovers,
  identityConsistent,
];
