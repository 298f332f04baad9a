import { randomUUID } from 'node:crypto';

type Claims = Readonly<Record<string, unknown>>;

/** What GitHub Actions says of a job that runs for a push to `main` of `octo-org/app`. */
export function githubJobClaims(audience: string, more: Claims = {}): Claims {
  return {
    jti: randomUUID(),
    sub: 'repo:octo-org/app:ref:refs/heads/main',
    aud: audience,
    ref: 'refs/heads/main',
    ref_type: 'branch',
    ref_protected: 'true',
    sha: '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567',
    repository: 'octo-org/app',
    repository_id: '74',
    repository_owner: 'octo-org',
    repository_owner_id: '65',
    repository_visibility: 'private',
    run_id: '1234567890',
    run_number: '10',
    run_attempt: '1',
    runner_environment: 'github-hosted',
    actor: 'octocat',
    actor_id: '12',
    workflow: 'release',
    workflow_ref: 'octo-org/app/.github/workflows/release.yml@refs/heads/main',
    job_workflow_ref: 'octo-org/app/.github/workflows/release.yml@refs/heads/main',
    event_name: 'push',
    head_ref: '',
    base_ref: '',
    ...more,
  };
}

/** What GitLab CI says of a job that runs for a push to `main` of `octo-group/app`. */
export function gitlabJobClaims(audience: string, more: Claims = {}): Claims {
  return {
    jti: randomUUID(),
    sub: 'project_path:octo-group/app:ref_type:branch:ref:main',
    aud: audience,
    namespace_id: '72',
    namespace_path: 'octo-group',
    project_id: '20',
    project_path: 'octo-group/app',
    project_visibility: 'private',
    user_id: '1',
    user_login: 'sample-user',
    pipeline_id: '574',
    pipeline_source: 'push',
    job_id: '302',
    ref: 'main',
    ref_type: 'branch',
    ref_path: 'refs/heads/main',
    ref_protected: 'true',
    environment: 'production',
    environment_protected: 'true',
    runner_environment: 'self-hosted',
    sha: '714a629c0b401fdce83e847fc9589983fc6f46bc',
    groups_direct: ['octo-group'],
    ...more,
  };
}
