"""Records in files, for whoever reads them as stored runs are read: found sound first, or refused."""
