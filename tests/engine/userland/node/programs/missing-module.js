require('./zzz')
