import type { ConfigView } from '@stowage/contracts';
import { type Detail, DetailList } from '../../../components/ui/detail-list';
import { Panel } from '../../../components/ui/panel';
import { RelativeTime } from '../../../components/ui/relative-time';
import { execForm } from './exec-form';
import classes from './images.module.css';

/** What a container of this image starts with. */
export function ConfigPanel({ config }: { readonly config: ConfigView }) {
  const labels = Object.entries(config.labels);
  const details: Detail[] = [
    ['Entrypoint', code(execForm(config.entrypoint))],
    ['Command', code(execForm(config.cmd))],
    ['Working directory', code(config.workingDir)],
    // An image without a user runs as root, which is worth knowing.
    ['User', config.user ? code(config.user) : 'root (none is set)'],
    ['Ports', code(config.exposedPorts.join(', '))],
    ['Volumes', code(config.volumes.join(', '))],
    ['Environment', config.env.length > 0 ? <Variables entries={config.env.map(splitVariable)} /> : null],
    ['Labels', labels.length > 0 ? <Variables entries={labels} /> : null],
    ['Author', config.author],
    ['Built', config.created ? <RelativeTime value={config.created} /> : null],
  ];
  return (
    <Panel title="Configuration">
      <DetailList details={details} />
    </Panel>
  );
}

function code(text: string | null) {
  return text ? <code className={classes.code}>{text}</code> : null;
}

function splitVariable(text: string): [string, string] {
  const at = text.indexOf('=');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function Variables({ entries }: { readonly entries: readonly (readonly [string, string])[] }) {
  return (
    <ul className={classes.variables}>
      {entries.map(([name, value]) => (
        <li key={name}>
          <code className={classes.code}>
            <b>{name}</b>={value}
          </code>
        </li>
      ))}
    </ul>
  );
}
