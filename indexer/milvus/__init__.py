"""A library kept in Milvus, so that several web servers share it and it outgrows one machine."""
