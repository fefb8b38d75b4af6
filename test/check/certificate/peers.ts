/** Requirements of ours under which a peer's finding belongs; any of them will do. Whatever is not listed follows from the code itself. */
const BELONGS: Readonly<Record<string, readonly string[]>> = {
  'etsi.extensions_field_absent': ['412-2:GEN-4.1-1'],
  'etsi.internal_domain_name': ['412-4:WEB-4.1.3-4', '412-2:GEN-4.3.11-3', '412-2:GEN-4.4.1-7'],
  'etsi.internal_ip_address': ['412-4:WEB-4.1.3-4', '412-2:GEN-4.3.11-3', '412-2:GEN-4.4.1-7'],
  'itu.invalid_asn1_syntax': ['412-5:QCS-4.1-04', '412-5:QCS-4.1-01', '412-2:GEN-4.1-1'],
  'pkix.prohibited_qualified_statement_present': ['412-5:QCS-4.1-01'],
  'etsi.en_319_412_2.authority_key_identifier_extension_absent': ['412-2:GEN-4.3.1-1'],
  'etsi.en_319_412_2.key_usage_extension_absent': ['412-2:NAT-4.3.2-1'],
  'etsi.en_319_412_2.certificate_policies_extension_absent': ['412-2:GEN-4.3.3-2'],
  'etsi.en_319_412_2.authority_info_access_extension_absent': ['412-2:GEN-4.4.1-2'],
  'etsi.en_319_412_2.qc_statements_extension_absent': ['412-2:QCS-5.1-1', '412-4:QCS-4.2-1'],
  'etsi.en_319_412_2.policy_mappings_extension_present': ['412-2:GEN-4.3.4-1'],
  'etsi.en_319_412_2.name_constraints_extension_present': ['412-2:GEN-4.3.8-1'],
  'etsi.en_319_412_2.policy_constraints_extension_present': ['412-2:GEN-4.3.9-1'],
  'etsi.en_319_412_2.inhibit_any_policy_extension_present': ['412-2:GEN-4.3.12-1'],
  'etsi.en_319_412_2.gen-4.2.3.1-3.organization_id_and_organization_name_attribute_values_equal': ['412-2:GEN-4.2.3.1-8'],
  'etsi.en_319_412_2.nat-4.3.2-1.invalid_content_commitment_setting': ['412-2:NAT-4.3.2-2', '412-3:LEG-4.3.1-3'],
  'etsi.en_319_412_2.qcs-5.2-1.recommended_certificate_type_policy_identifier_missing': ['412-2:QCS-5.2-1', '412-4:QCS-4.3-1'],
  'etsi.en_319_412_2.qcs-5.2-1.multiple_certificate_type_policy_identifiers_present': ['412-2:QCS-5.2-1', '412-4:QCS-4.3-1'],
  'etsi.en_319_412_2.qcs-5.2-2.mismatched_policy_identifier_for_certificate_type': ['412-2:QCS-5.2-2', '412-4:QCS-4.3-1'],
  'etsi.en_319_412_5.gen-4.2.3.qc_type_mismatch': ['412-4:QCS-4.2-1', '412-2:QCS-5.2-2', '412-5:clause-4.2.3'],
  'etsi.en_319_412_5.gen-4.2.4.iso_country_code_invalid': ['412-5:clause-4.2.4'],
  'etsi.en_319_412_5.gen-4.2.4.iso_country_code_list_empty': ['412-5:QCS-4.1-04'],
  'etsi.en_319_412_5.gen-4.3.2.amount_negative': ['412-5:clause-4.3.2'],
  'etsi.en_319_412_5.gen-4.3.2.currency_code_invalid': ['412-5:QCS-4.3.2-01'],
  'etsi.en_319_412_5.gen-4.3.2.discouraged_numeric_currency_code_present': ['412-5:QCS-4.3.2-02'],
  'etsi.en_319_412_5.gen-4.3.3.retention_period_years_not_positive': ['412-5:clause-4.3.3'],
  'etsi.en_319_412_5.gen-4.3.4.iso_language_code_invalid': ['412-5:QCS-4.3.4-01'],
  'etsi.en_319_412_5.gen-4.3.4.url_scheme_not_https': ['412-5:QCS-4.3.4-03'],
  'etsi.en_319_412_5.qcs-5.01.qc_compliance_qualified_statement_absent': ['412-5:QCS-5-01'],
  'etsi.en_319_412_5.qcs-5.01.qc_cc_legislation_qualified_statement_present': ['412-5:QCS-4.2.4-01'],
  'etsi.en_319_412_5.qcs-5.01.qc_cc_legislation_qualified_statement_absent': ['412-5:QCS-5-01'],
  'etsi.en_319_412_5.qcs-5.01.qc_sscd_qualified_statement_absent': ['411-2:GEN-6.6.1-03'],
  'etsi.en_319_412_5.qcs-5.01.qc_sscd_qualified_statement_present': ['411-2:GEN-6.6.1-04'],
  'etsi.en_319_412_5.qcs-5.01.qc_type_qualified_statement_absent': ['412-5:QCS-5-01'],
  'etsi.nat_5.1.5-03.invalid_character_serial': ['412-1:NAT-5.1.5-03'],
  'etsi.nat_5.1.5-03.invalid_syntax_serial': ['412-1:NAT-5.1.5-03'],
  'etsi.nat_5.1.5-03.invalid_iso_3166': ['412-1:NAT-5.1.5-03'],
  'etsi.en_319_412_1.nat-5.1.3.invalid_identifier_format': ['412-1:NAT-5.1.3-02'],
  'etsi.en_319_412_1.nat-5.1.3.invalid_identifier_country': ['412-1:NAT-5.1.3-02', '412-1:GEN-5.1.1-03'],
  'etsi.en_319_412_1.nat-5.1.3.invalid_identifier_scheme': ['412-1:NAT-5.1.3-03'],
  'etsi.en_319_412_1.nat-5.1.3.deprecated_identifier_scheme': ['412-1:NAT-5.1.3-04'],
  'etsi.en_319_412_1.leg-5.1.4-03.invalid_country': ['412-1:LEG-5.1.4-03', '412-1:LEG-5.1.4-04', '412-1:GEN-5.1.1-03'],
  'etsi.ts_119_495.gen-5.1.1.qc_eu_pds_missing': ['119-495:GEN-5.1.1'],
  'etsi.en_319_412_1.nat-5.1.3.national_identifier_scheme_detected': ['412-1:NAT-5.1.3-03'],
  'etsi.ts_119_495.gen-5.2-2.invalid_psp_role': ['119-495:GEN-5.2.2-2'],
  'etsi.ts_119_495.gen-5.2-2.invalid_psp_oid': ['119-495:GEN-5.2.2-2'],
  'etsi.ts_119_495.gen-5.2.2-5.psp_role_mismatch': ['119-495:GEN-5.2.2-2'],
  'iso.lei.invalid_lei_format': ['412-1:LEG-5.1.4-03'],
  'iso.lei.invalid_lei_checksum': ['412-1:LEG-5.1.4-03'],
  'ts_119_312.8.4.rsa_small_modulus': ['412-2:GEN-4.2.5-1'],
  'ts_119_312.6.2.2.1.rsa_exponent_of_range': ['412-2:GEN-4.2.5-1'],
  'pkix.certificate_version_is_not_v3': ['412-2:GEN-4.2.1-1'],
  'pkix.authority_key_identifier_keyid_missing': ['412-2:GEN-4.3.1-1'],
  e_duplicate_etsi_qcstatement: ['412-5:QCS-4.1-02A'],
  e_etsi_natural_person_key_usage_correct_values: ['412-2:NAT-4.3.2-1'],
  e_etsi_natural_person_key_usage_mandatory: ['412-2:NAT-4.3.2-1'],
  w_etsi_natural_person_key_usage_preferred_values: ['412-2:NAT-4.3.2-1', '412-2:NAT-4.3.2-3'],
  e_qcstatem_etsi_present_qcs_critical: ['412-5:QCS-4.1-02'],
  e_smime_qc_statements_must_not_be_critical: ['412-5:QCS-4.1-02'],
  e_qcstatem_etsi_type_as_statem: ['412-5:QCS-4.1-04'],
  e_qcstatem_mandatory_etsi_statems: ['412-5:QCS-5-01'],
  e_qcstatem_pds_must_have_https_only: ['412-5:QCS-4.3.4-03'],
  e_qcstatem_qccompliance_valid: ['412-5:QCS-4.1-04'],
  e_qcstatem_qcsscd_valid: ['412-5:QCS-4.1-04'],
  e_qcstatem_qclimitvalue_valid: ['412-5:QCS-4.1-04', '412-5:QCS-4.3.2-01'],
  e_qcstatem_qcretentionperiod_valid: ['412-5:QCS-4.1-04'],
  e_qcstatem_qcpds_valid: ['412-5:QCS-4.1-04', '412-5:QCS-5-01', '412-5:QCS-4.3.4-01'],
  e_qcstatem_qctype_valid: ['412-5:QCS-4.1-04', '412-5:clause-4.2.3'],
  e_qcstatem_qctype_oneonly: ['412-5:clause-4.2.3'],
  e_qcstatem_qctype_web: ['412-4:QCS-4.2-1', '412-5:clause-4.2.3'],
  w_qcstatem_qcpds_lang_case: ['412-5:QCS-4.3.4-01'],
};

const CODE = /^etsi\.(?:en_319_(\d{3})(?:_(\d))|ts_(119)_(495))\.([a-z]{3})-([\d.]+-\d+[a-z]?)\./;

/** The requirements under which a peer's finding belongs; none where nobody has said it. */
export function requirementsOf(code: string): readonly string[] {
  const listed = BELONGS[code];
  if (listed) return listed;
  const [, standard, part, ts, number, prefix = '', id = ''] = CODE.exec(code) ?? [];
  const short = ts ? `${ts}-${number}` : `${standard}-${part}`;
  return prefix ? [`${short}:${prefix.toUpperCase()}-${id.toUpperCase()}`] : [];
}

/** What peers report and we do not, or not as an error, and why: by the end of the file's name and the peer's code. */
export const NOT_REPORTED: readonly { file: string; code: string; because: string }[] = [
  {
    file: 'qcp_n_qscd_eidas_final--empty_qc_statements.pem',
    code: 'etsi.en_319_412_5.qcs-5.01.qc_type_qualified_statement_absent',
    because: 'Table 2 of EN 319 412-5 leaves QcType optional for signatures (Annex I); pkilint asks for it.',
  },
  {
    file: 'qevcp_w_psd2_eidas_pre--nca_name_not_latin.pem',
    code: 'etsi.ts_119_495.gen-5.2.3-1.nca_name_non_latin',
    because: 'The name is "The Netherlands BÖnk", and Ö is a Latin letter.',
  },
  {
    file: 'qncp_w_gen_legal_person_eidas_final--ip_addr_common_name_value.pem',
    code: 'etsi.en_319_412_4.web-4.1.3-4.common_name_unknown_source',
    because: 'The address in the common name is an iPAddress of the subject alternative name, as the Baseline Requirements allow.',
  },
  {
    file: 'qncp_w_gen_legal_person_eidas_pre--extkeyusage_critical.pem',
    code: 'etsi.en_319_412_2.gen-4.3.10-1.eku_extension_is_critical',
    because: 'Part 2 reaches a legal person under QNCP-w-gen by analogy only (WEB-4.1.3-3): a warning here, and the error under WEB-4.1.3-4.',
  },
  {
    file: 'missingIdEtsiQcsQctWeb.pem',
    code: 'e_qcstatem_qctype_web',
    because: 'serverAuth beside a policy for seals is suspect, but no requirement forbids it: a warning.',
  },
];

/** Errors of ours on certificates in which peers find none, and why: by the end of the file's name and our requirement. */
export const OURS_ALONE: readonly { file: string; requirement: string; because: string }[] = [
  ...['11', '13', '24'].map((number) => ({
    file: `Cert${number}.pem`,
    requirement: '412-5:QCS-4.3.4-03',
    because: 'The addresses of the PDS are http. zlint asks for https from 2023-09, although every edition does; the lint that passes is another.',
  })),
  { file: 'LangCodeUpperCaseCert23.pem', requirement: '412-5:QCS-4.3.4-03', because: 'As above: the addresses of the PDS are http.' },
  {
    file: 'ValidAddLangCert13.pem',
    requirement: '412-5:QCS-4.3.4-01',
    because: 'gr is no language of ISO 639-1, where Greek is el; zlint looks at the length only.',
  },
  ...['412-4:WEB-4.1.2-1', '412-5:QCS-5-01', '411-2:GEN-6.6.1-05'].map((requirement) => ({
    file: 'qcNaturalOrLegalWithKU.pem',
    requirement,
    because: 'A bare certificate made for one lint, which does not apply: no organisation, no SAN, no EKU, no QcType, no CA/Browser Forum policy.',
  })),
  ...['412-2:NAT-4.2.4-1', '412-2:GEN-4.3.1-1', '412-2:NAT-4.3.2-2', '412-2:GEN-4.3.11-2', '412-2:GEN-4.4.1-2', '412-2:GEN-4.4.1-8'].map((requirement) => ({
    file: 'qcNaturalWithKU.pem',
    requirement,
    because: 'A bare certificate made for one lint: no country, no AKI, no AIA, no CRL pointer, keyEncipherment for signatures.',
  })),
  ...['412-2:GEN-4.3.1-1', '412-2:NAT-4.2.4-1', '412-2:NAT-4.3.2-1', '412-2:GEN-4.3.11-2', '412-2:GEN-4.4.1-2', '412-2:GEN-4.4.1-8', '412-2:QCS-5.2-2'].map(
    (requirement) => ({
      file: 'qcSmimeNatural.pem',
      requirement,
      because: 'A bare certificate made for one lint; the type for seals contradicts QCP-n, as the index says.',
    }),
  ),
  ...['412-2:GEN-4.3.1-1', '412-2:NAT-4.3.2-1', '412-2:GEN-4.3.11-2', '412-2:GEN-4.4.1-2', '412-2:GEN-4.4.1-8', '412-3:LEG-4.2.1-2', '412-5:QCS-5-01'].map(
    (requirement) => ({
      file: 'pdsAllHttps.pem',
      requirement,
      because: 'A bare certificate made for one lint, which passes: no QcCompliance, no QcType, no identifier, no AKI, no AIA.',
    }),
  ),
  { file: 'zz-charlie-third-country.pem', requirement: '412-5:clause-4.2.4', because: 'ZZ is no country of ISO 3166-1; pkilint would say so as well.' },
];

/** Observations of the index that we do not share, and why. */
export const NOT_OBSERVED: readonly { file: string; requirement: string; because: string }[] = [
  {
    file: 'zz-charlie-third-country.pem',
    requirement: '412-3:LEG-4.2.1-2',
    because: 'Its type is for signatures, so it is judged as one of a natural person (NAT-4.2.4-1), with a warning: nobody declares its policy.',
  },
  { file: 'zz-charlie-third-country.pem', requirement: '412-2:GEN-4.2.3.1-3', because: 'As above.' },
];
