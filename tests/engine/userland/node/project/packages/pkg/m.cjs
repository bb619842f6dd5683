module.exports='main'
