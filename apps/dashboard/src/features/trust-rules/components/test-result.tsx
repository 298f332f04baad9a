import { Alert } from '@mantine/core';
import type { TrustRuleTest } from '@stowage/contracts';
import { IconCheck, IconX } from '@tabler/icons-react';
import { verdictOf } from './test-verdict';
import classes from './trust-rules.module.css';

/** Which rules take the token, and of the others what does not fit. */
export function TestResult({ result }: { readonly result: TrustRuleTest }) {
  const { color, text } = verdictOf(result);
  return (
    <div className={classes.result} role="status">
      <Alert color={color} icon={color === 'green' ? <IconCheck size={18} /> : <IconX size={18} />}>
        {text}
      </Alert>
      {result.rules.length > 0 ? (
        <ul className={classes.verdicts} aria-label="What each rule says">
          {result.rules.map(({ id, name, mismatches }) => (
            <li key={id} className={classes.verdict} data-fits={mismatches.length === 0 ? '' : undefined}>
              <span className={classes.name}>
                {name} <span className={classes.dimmed}>{mismatches.length === 0 ? 'fits' : 'does not fit'}</span>
              </span>
              {mismatches.map(({ claim, expected, actual }) => (
                <dl key={claim} className={classes.mismatch}>
                  <dt>
                    <code>{claim}</code>
                  </dt>
                  <dd>
                    <span className={classes.dimmed}>rule</span> <code>{expected}</code>
                  </dd>
                  <dd>
                    <span className={classes.dimmed}>token</span>{' '}
                    {actual === null ? <em>has none</em> : <code>{actual}</code>}
                  </dd>
                </dl>
              ))}
            </li>
          ))}
        </ul>
      ) : null}
      {result.claims ? (
        <details>
          <summary>Everything that the token says</summary>
          <dl className={classes.claims}>
            {Object.entries(result.claims).map(([claim, value]) => (
              <div key={claim}>
                <dt>{claim}</dt>
                <dd>
                  <code>{value}</code>
                </dd>
              </div>
            ))}
          </dl>
        </details>
      ) : null}
    </div>
  );
}
