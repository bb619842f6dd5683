console.log("listening in " + process.env.NODE_ENV);
