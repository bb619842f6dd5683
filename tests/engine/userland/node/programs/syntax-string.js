console.log("a)
