module.exports='sub'
