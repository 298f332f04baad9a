/** A condition while somebody writes it. */
export interface ClaimDraft {
  readonly claim: string;
  readonly pattern: string;
}

export type PresetName = 'github' | 'gitlab' | 'other';

export interface Preset {
  readonly name: PresetName;
  readonly label: string;
  readonly issuer: string;
  /** What a rule for it usually asks; an empty pattern is to be filled in. */
  readonly claims: readonly ClaimDraft[];
  /** Claims to choose from; any other may be written. */
  readonly known: readonly string[];
  /** Whose jobs, in the words of that system. */
  readonly hint: string;
}

export const PRESETS: readonly Preset[] = [
  {
    name: 'github',
    label: 'GitHub Actions',
    issuer: 'https://token.actions.githubusercontent.com',
    claims: [
      { claim: 'repository', pattern: '' },
      { claim: 'ref', pattern: 'refs/heads/main' },
    ],
    known: [
      'repository',
      'repository_owner',
      'ref',
      'environment',
      'workflow',
      'job_workflow_ref',
      'event_name',
      'sub',
    ],
    hint: 'The repository is “owner/name”. Add “environment” to let in only jobs that somebody has approved.',
  },
  {
    name: 'gitlab',
    label: 'GitLab CI',
    issuer: 'https://gitlab.com',
    claims: [
      { claim: 'project_path', pattern: '' },
      { claim: 'ref_protected', pattern: 'true' },
    ],
    known: [
      'project_path',
      'namespace_path',
      'ref',
      'ref_type',
      'ref_protected',
      'environment',
      'pipeline_source',
      'sub',
    ],
    hint: 'The project is “group/name”. Your own GitLab is its own issuer, such as https://gitlab.example.com.',
  },
  {
    name: 'other',
    label: 'Other',
    issuer: '',
    claims: [{ claim: 'sub', pattern: '' }],
    known: ['sub'],
    hint: 'Anything that gives its jobs OpenID Connect tokens and publishes its keys.',
  },
];

export function presetOf(issuer: string): Preset {
  const found = PRESETS.find((preset) => preset.issuer === issuer) ?? PRESETS.at(-1);
  if (!found) throw new Error('there are presets');
  return /gitlab/.test(issuer) ? { ...(PRESETS[1] ?? found), issuer } : found;
}
