/**
 * The options that the applets of Debian's busybox 1.35 take, found out by asking each: what else a utility here knows is GNU's, and
 * is refused when the utility is called as an applet. Loaded with the first applet that is given an option.
 */
import type { UsageSpec } from './tool.ts';

const LETTERS = new Map(
  `
  awk:efvFW base64:diw basename:as bunzip2:cdfkqtv bzcat:cdfkqtv bzip2:cdfkqstvz123456789 cat:bentuvA chgrp:cfhvHLPR chown:cfhvHLPR
  cmp:lns cp:adfilnprstuvHLPRT cut:bcdfnsDFO date:drsuDIR df:ahikmtBHPT diff:abdipqrstuwBELNSTU dmesg:cnrs du:abcdhklmsxHL
  egrep:acefhilmnoqrsvwxzABCEFHILR expand:it fallocate:lo fgrep:acefhilmnoqrsvwxzABCEFHILR fold:bsw0123456789
  grep:acefhilmnoqrsvwxzABCEFHILR gunzip:cdfknqtv gzip:cdfknqtv123456789 head:cnqv0123456789 hexdump:bcdefnosvxC hostname:dfisvF id:gnruG
  less:msEFIMNRSX ln:bfnsvST ls:acdghiklnprstuvwxACFHLQRSTX1 md5sum:bcstw mkdir:mpv mkfifo:m mknod:m mktemp:dpqtu more:dflsu mv:fintvT
  nl:bipsvw od:abcdfhijlostvwxANS passwd:adlu paste:ds ps:adefloATZ pwd:LP readlink:fnqsv rm:firvR rmdir:pv sed:efinrE seq:sw
  sha1sum:bcstw sha256sum:bcstw sha512sum:bcstw shuf:einoz sort:bcdfgikmnorstuzMSTV stat:cftL strings:afnot sync:df sysctl:aenpqwA
  tail:cfnqsvF0123456789 tar:acfhjkmoptvxzCJOZ tee:ai top:bdmnH touch:acdfhmrt tr:cdsC truncate:cs tty:s uname:aimnoprsv unexpand:aft
  uniq:cdfisuwz unxz:cdfkqtv unzip:djlnopqtvx uptime:s vi:chHR watch:dnt wc:clmwL which:a who:aH xargs:aeinprstxEIP0 xxd:acgiloprs
  xz:cdfkqtv xzcat:cdfkqtv zcat:cdfknqtv
`
    .trim()
    .split(/\s+/)
    .map((entry) => entry.split(':', 2) as [string, string]),
);

/** Applets that take long options, with those of them that a utility here knows; the others listed above take none. */
const LONG = new Map(
  `
  chgrp:changes,dereference,no-dereference,quiet,recursive,silent,verbose
  chown:changes,dereference,no-dereference,quiet,recursive,silent,verbose
  cp:archive,dereference,force,interactive,link,no-clobber,no-dereference,no-target-directory,parents,recursive,reflink,remove-destination,symbolic-link,target-directory,update,verbose
  date:date,reference,set,utc
  diff:brief,expand-tabs,ignore-all-space,ignore-blank-lines,ignore-case,ignore-space-change,initial-tab,label,minimal,new-file,recursive,report-identical-files,show,text,unified
  egrep:color
  expand:initial,tabs
  fgrep:color
  grep:color
  gunzip:force,no-name,stdout,test,to-stdout
  gzip:best,decompress,fast,force,no-name,quiet,stdout,test,to-stdout,uncompress,verbose
  ls:color,full-time,group-directories-first
  mkdir:mode,parents,verbose
  mktemp:directory,dry-run,quiet,tmpdir
  mv:force,interactive,no-clobber,no-target-directory,target-directory,verbose
  nl:body-numbering,line-increment,number-separator,number-width,starting-line-number
  nproc:all,ignore
  od:address-radix,format,output-duplicates,read-bytes,skip-bytes,strings,width
  rmdir:ignore-fail-on-non-empty,parents,verbose
  sed:expression,file,in-place,quiet,regexp-extended,silent
  tar:auto-compress,compress,create,dereference,directory,extract,file,gzip,keep-old,list,no-recursion,no-same-owner,no-same-permissions,numeric-owner,overwrite,same-permissions,strip-components,to-command,to-stdout,touch,verbose,xz
  touch:date,no-create,no-dereference,reference
  uname:all,hardware-platform,kernel-name,kernel-release,kernel-version,machine,nodename,operating-system,processor
  unexpand:all,first-only,tabs
  xargs:no-run-if-empty
  zcat:force,no-name,stdout,test,to-stdout
`
    .trim()
    .split(/\s+/)
    .map((entry) => entry.split(':', 2) as [string, string]),
);

/** What of `spec` the applet takes. */
export function builtOptions(applet: string, spec: UsageSpec): UsageSpec {
  const letters = LETTERS.get(applet);
  if (letters === undefined) return spec;
  const short = spec.short.replace(/([A-Za-z0-9])(:{0,2})/g, (found, letter: string) => (letters.includes(letter) ? found : ''));
  const names = (LONG.get(applet) ?? '').split(',');
  return { ...spec, short, long: Object.fromEntries(Object.entries(spec.long ?? {}).filter(([name]) => names.includes(name))) };
}
