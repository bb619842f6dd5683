import { swarmClient } from '../../client/swarm.ts';
import { CliError } from '../../errors.ts';
import { bool, duration, list, string } from '../../flags/index.ts';
import { command, noArgs } from '../command.ts';

export const ca = command({
  names: ['swarm ca'],
  summary: 'Display and rotate the root CA',
  usage: '[OPTIONS]',
  args: noArgs,
  flags: {
    'ca-cert': string('Path to the PEM-formatted root CA certificate to use for the new cluster', { type: 'pem-file' }),
    'ca-key': string('Path to the PEM-formatted root CA key to use for the new cluster', { type: 'pem-file' }),
    'cert-expiry': duration('Validity period for node certificates (ns|us|ms|s|m|h)', { shownDefault: '2160h0m0s' }),
    detach: bool('Exit immediately instead of waiting for the root rotation to converge', { short: 'd' }),
    'external-ca': list('Specifications of one or more certificate signing endpoints', { type: 'external-ca' }),
    quiet: bool('Suppress progress output', { short: 'q' }),
    rotate: bool('Rotate the swarm CA - if no certificate or key are provided, new ones will be generated'),
  },
  run: async ({ client, flags, changed, out }) => {
    const swarm = swarmClient(client.http);
    const { Version, Spec, TLSInfo } = await swarm.inspect();
    if (!flags.rotate) {
      const needing = ['ca-cert', 'ca-key', 'cert-expiry', 'external-ca'].find((name) => changed.has(name));
      if (needing !== undefined) throw new CliError(`\`--${needing}\` flag requires the \`--rotate\` flag to update the CA`);
      await out.line(TLSInfo.TrustRoot.trim());
      return;
    }
    if (['ca-cert', 'ca-key', 'external-ca'].some((name) => changed.has(name)))
      throw new CliError('certificates of your own are not supported by this client');
    const expiry = changed.has('cert-expiry') ? { NodeCertExpiry: flags['cert-expiry'] } : {};
    const CAConfig = { ...Spec.CAConfig, ...expiry, ForceRotate: (Spec.CAConfig.ForceRotate ?? 0) + 1 };
    await swarm.update(Version.Index, { ...Spec, CAConfig });
    if (!flags.detach) await out.line((await swarm.inspect()).TLSInfo.TrustRoot.trim());
  },
});
