"""The commands of the command line, one file each: they call the package and print."""
